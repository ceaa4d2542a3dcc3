"""The rows of webhooks."""

from dataclasses import dataclass, field

from stonks.adapters.memory.attended_rooms import AttendedRooms
from stonks.adapters.memory.database import Database, Table
from stonks.application.ports import Clock
from stonks.domain.ids import AttemptId, EndpointId, RoomId
from stonks.domain.webhooks.attempt import Attempt
from stonks.domain.webhooks.endpoint import Endpoint

AttemptKey = tuple[EndpointId, AttemptId]


@dataclass(slots=True)
class WebhookTables:
    """Endpoints, what they were sent, and the rooms in which one wants to know who is there."""

    database: Database
    now: Clock
    attended: AttendedRooms
    endpoints: Table[EndpointId, Endpoint] = field(init=False)
    attempts: Table[AttemptKey, Attempt] = field(init=False)

    def __post_init__(self) -> None:
        self.endpoints = Table(self.database)
        self.attempts = Table(self.database)

    def active(self) -> list[Endpoint]:
        return self.endpoints.where(lambda row: row.is_active)

    def settle_attendance(self, room_id: RoomId) -> None:
        """Look at who comes and goes if, and only if, an active endpoint of the room wants it."""
        wanting = self.endpoints.first(lambda row: row.room_id == room_id and row.wants_attendance)
        self.attended.settle(room_id, is_wanted=wanting is not None)
