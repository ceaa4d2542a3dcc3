"""Rooms in which somebody wants to know who comes and goes: webhooks say which, presence looks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.memory.database import Database, Table
from stonks.application.ports import Clock
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Attendee


@dataclass(frozen=True, slots=True)
class AttendedRoom:
    """When it is looked at next, and what is known of it."""

    room_id: RoomId
    due_at: datetime
    counted: int | None = None
    counted_at: datetime | None = None
    attendees: Mapping[ProfileId, Attendee] = field(default_factory=dict)


@dataclass(slots=True)
class AttendedRooms:
    """Each is there as long as an endpoint wants it."""

    database: Database
    now: Clock
    rooms: Table[RoomId, AttendedRoom] = field(init=False)

    def __post_init__(self) -> None:
        self.rooms = Table(self.database)

    def settle(self, room_id: RoomId, *, is_wanted: bool) -> None:
        """Look at it from now on, or no more; one that is looked at already goes on."""
        if not is_wanted:
            self.rooms.remove(room_id)
        elif self.rooms.get(room_id) is None:
            self.rooms.put(room_id, AttendedRoom(room_id, self.now()))
