"""Rooms in which somebody wants to know who comes and goes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.memory.database import Database, Table
from stonks.application.ports import Clock
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Attendee


@dataclass(frozen=True, slots=True)
class AttendedRoom:
    """A room, when it is looked at next, and what is known of it."""

    room_id: RoomId
    due_at: datetime
    counted: int | None = None
    counted_at: datetime | None = None
    attendees: Mapping[ProfileId, Attendee] = field(default_factory=dict)


@dataclass(slots=True)
class AttendedRooms:
    """Kept by webhooks, which know who wants to know, and by presence, which looks."""

    database: Database
    now: Clock
    rooms: Table[RoomId, AttendedRoom] = field(init=False)

    def __post_init__(self) -> None:
        self.rooms = Table(self.database)
