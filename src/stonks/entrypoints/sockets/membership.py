"""One connection in one room."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from time import monotonic

from stonks.adapters.wire.entries import ROLE_NAMES, shown
from stonks.adapters.wire.frames import Subscribed, You
from stonks.application.chat.ports import RoomView
from stonks.domain.chat.participant import Participant
from stonks.domain.times import rfc3339
from stonks.entrypoints.sockets.feed import RoomFeed


@dataclass(slots=True, eq=False)
class Membership:
    """A room that a connection follows, or is about to."""

    feed: RoomFeed
    is_muted: bool = False
    typed_at: float = float("-inf")

    def may_type(self, every: float) -> bool:
        """Whether this person's typing is worth telling; asked is told."""
        now = monotonic()
        if self.is_muted or now - self.typed_at < every:
            return False
        self.typed_at = now
        return True


def you(person: Participant | None, at: datetime) -> You:
    """What somebody is told of themselves; None is anonymous."""
    if person is None:
        return You(role="anonymous", is_muted=False)
    is_muted = person.is_muted(at)
    until = person.mute.until if person.mute is not None and is_muted else None
    return You(
        role=ROLE_NAMES[person.role],
        is_muted=is_muted,
        muted_until=rfc3339(until) if until is not None else None,
        username=person.username,
    )


def subscribed(view: RoomView, seq: int, who: You) -> Subscribed:
    room = view.room
    return Subscribed(
        room=room.id,
        channel=room.stage.slug,
        seq=seq,
        you=who,
        pinned=shown(view.pinned) if view.pinned is not None else None,
        slow_seconds=_seconds(room.slow),
        followers_seconds=_seconds(room.followers),
    )


def _seconds(mode: timedelta | None) -> int | None:
    return int(mode.total_seconds()) if mode is not None else None
