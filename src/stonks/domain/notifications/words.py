"""What a notice says to people, in whichever way it reaches them."""

from collections.abc import Mapping
from dataclasses import dataclass

from stonks.domain.notifications.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class Words:
    """A short ``title``, one sentence of ``body``, and the ``path`` of the page to open."""

    title: str
    body: str
    path: str


def words_of(kind: NoticeKind, data: Mapping[str, object]) -> Words:
    """Plain text: who shows it as anything else escapes it."""
    match kind:
        case NoticeKind.STREAM_STARTED:
            name = data.get("hostName") or data["host"]
            return Words(f"{name} is live", str(data["title"]), f"/c/{data['channel']}")
        case NoticeKind.NEW_FOLLOWER:
            return Words("New followers", _followers(data), "/account")
        case NoticeKind.WEBHOOK_DISABLED:
            channel = data["channel"]
            reason = f"{data['url']} gets no more events of {channel}: {data['reason']}"
            return Words("A webhook was disabled", reason, f"/c/{channel}")


def _followers(data: Mapping[str, object]) -> str:
    latest = data["followers"]
    names = [str(name) for name in latest] if isinstance(latest, list | tuple) else []
    count = int(str(data["count"]))
    more = count - len(names)
    if more > 0:
        others = "1 other" if more == 1 else f"{more} others"
        return f"{', '.join(names)} and {others} follow you now"
    if len(names) == 1:
        return f"{names[0]} follows you now"
    return f"{', '.join(names[:-1])} and {names[-1]} follow you now"
