"""Notifications, shown to the people who are connected to this process: each once."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from stonks.adapters.wire.bus import Told
from stonks.adapters.wire.notifications import notification_frame
from stonks.application.identity.ports import SignedIn
from stonks.application.notifications.ports import Missed, NotificationView
from stonks.application.ports import Clock
from stonks.domain.ids import NoticeId, ProfileId
from stonks.entrypoints.sockets.registry import Registry
from stonks.entrypoints.sockets.shown import Shown

LOOKED_FOR = timedelta(minutes=10)
AT_ONCE = 1000  # people in one question
_Frames = dict[tuple[NoticeId, datetime], bytes]


class Showing:
    """Shows what is told live, and what was missed of it.

    Somebody who comes back before the next look is taken up where they left: whoever goes from
    page to page neither misses anything in between nor sees anything twice.
    """

    def __init__(self, missed: Missed, registry: Registry, now: Clock) -> None:
        self._missed = missed
        self._registry = registry
        self._now = now
        self._shown: dict[ProfileId, Shown] = {}

    def greet(self, person: SignedIn) -> None:
        """From now on they are to be shown everything."""
        if person.may_be_told and person.profile_id not in self._shown:
            self._shown[person.profile_id] = Shown(self._now())

    def tell(self, told: Told) -> None:
        """What is told live; never blocks."""
        for profile_id in told.people:
            shown = self._shown.get(profile_id)
            if shown is not None and shown.is_news(told.id, told.at, told.frame):
                self._show(profile_id, shown, told.id, told.at, told.frame)

    def missed(self) -> None:
        """Look for what nobody told this process, and show it; blocks."""
        everybody, here = [*self._shown], self._registry.people()
        before = self._now() - LOOKED_FOR
        frames: _Frames = {}
        for start in range(0, len(everybody), AT_ONCE):
            some = [*self._still_here(everybody[start : start + AT_ONCE], here, before)]
            if some:
                self._look_for(some, frames)

    def _still_here(
        self, some: Sequence[ProfileId], here: set[ProfileId], before: datetime
    ) -> Iterable[ProfileId]:
        """Forgets who has left, and what is too old to be looked for."""
        for profile_id in some:
            if profile_id not in here:
                self._shown.pop(profile_id, None)
            elif shown := self._shown.get(profile_id):
                shown.forget(before)
                yield profile_id

    def _look_for(self, people: Sequence[ProfileId], frames: _Frames) -> None:
        since = min(self._shown[profile_id].since for profile_id in people)
        for profile_id, views in self._missed(people, since).items():
            for view in sorted(views, key=lambda it: it.at):
                self._catch_up(profile_id, view, frames)

    def _catch_up(self, profile_id: ProfileId, view: NotificationView, frames: _Frames) -> None:
        """Unless they have it, or have read it elsewhere in the meantime."""
        shown = self._shown.get(profile_id)
        if shown is None or view.read_at is not None or not shown.lacks(view.id, view.at):
            return
        version = (view.id, view.at)
        if version not in frames:
            frames[version] = notification_frame(view)
        self._show(profile_id, shown, *version, frames[version])

    def _show(
        self, profile_id: ProfileId, shown: Shown, id_: NoticeId, at: datetime, frame: bytes
    ) -> None:
        sessions = self._registry.told(profile_id)
        if sessions:
            shown.note(id_, at, frame)
        for session in sessions:
            session.tell(frame)
