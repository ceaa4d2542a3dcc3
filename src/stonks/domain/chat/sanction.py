"""What keeps a person from writing in a room, or from being in it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stonks.domain.errors import Invalid
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.text import clean

SHORTEST_TIMEOUT = timedelta(seconds=1)
LONGEST_TIMEOUT = timedelta(days=14)
USUAL_TIMEOUT = timedelta(minutes=10)
LONGEST_REASON = 200


class SanctionKind(StrEnum):
    MUTE = "mute"
    BAN = "ban"


@dataclass(slots=True)
class Sanction:
    """A mute or a ban of one person in one room; a timeout is a mute with an end."""

    room_id: RoomId
    profile_id: ProfileId
    kind: SanctionKind
    by: ProfileId
    at: datetime
    until: datetime | None = None
    reason: str = ""

    def holds(self, at: datetime) -> bool:
        return self.until is None or at < self.until


def check_timeout(length: timedelta) -> timedelta:
    """The length itself, or ``Invalid`` outside 1 s to 14 days."""
    if not SHORTEST_TIMEOUT <= length <= LONGEST_TIMEOUT:
        raise Invalid("bad_duration", "a timeout lasts 1s to 14d")
    return length


def check_reason(reason: str) -> str:
    """The reason, trimmed, of up to 200 characters; ``Invalid`` otherwise."""
    return clean(reason, field="reason", longest=LONGEST_REASON, shortest=0)
