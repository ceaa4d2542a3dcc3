"""What one person has been shown on this process."""

from datetime import datetime, timedelta

from stonks.domain.ids import NoticeId

MOST = 200
_Version = tuple[datetime, int]


class Shown:
    """Remembers the latest of it; what came before ``since`` is not looked for any more."""

    __slots__ = ("_versions", "since")

    def __init__(self, since: datetime) -> None:
        self.since = since
        self._versions: dict[NoticeId, _Version] | None = None  # most are shown nothing

    def is_news(self, id_: NoticeId, at: datetime, frame: bytes) -> bool:
        """Of what is told live: whether it is new, or has changed since it was shown."""
        known = self._version_of(id_)
        return known is None or (at >= known[0] and known != (at, hash(frame)))

    def lacks(self, id_: NoticeId, at: datetime) -> bool:
        """Of what stands in the inbox: whether it was never told here."""
        known = self._version_of(id_)
        return at >= self.since and (known is None or at > known[0])

    def note(self, id_: NoticeId, at: datetime, frame: bytes) -> None:
        """It is being shown."""
        if self._versions is None:
            self._versions = {}
        self._versions[id_] = (at, hash(frame))
        if len(self._versions) > MOST:
            oldest, _ = min(self._versions.values())
            self.forget(oldest + timedelta(microseconds=1))

    def forget(self, before: datetime) -> None:
        """Look for nothing that is older, nor remember it."""
        self.since = max(self.since, before)
        if self._versions:
            kept = {id_: version for id_, version in self._versions.items() if version[0] >= before}
            self._versions = kept or None

    def _version_of(self, id_: NoticeId) -> _Version | None:
        return self._versions.get(id_) if self._versions else None
