"""Who tells which endpoint now: leases on the clock of the store."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from stonks.adapters.memory.webhooks.channels import MemoryHostedChannels
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.application.webhooks.ports import Turn
from stonks.domain.ids import RoomId
from stonks.domain.webhooks.endpoint import Endpoint, Lane


@dataclass(frozen=True, slots=True)
class MemoryTurns:
    """``Turns``."""

    tables: WebhookTables
    channels: MemoryHostedChannels

    def wake(self, rooms: Collection[RoomId] | None = None) -> int:
        behind = [
            row
            for row in self.tables.active()
            if row.due_at is None
            and (rooms is None or row.room_id in rooms)
            and self._is_behind(row)
            and self.channels.has_host(row.channel_id)
        ]
        for row in behind:
            row.due_at = self.tables.now()
            self._put(row)
        return len(behind)

    def take(self, lane: Lane, turn: UUID, lease: timedelta) -> Turn | None:
        at = self.tables.now()
        for row in self._due(lane, at):
            is_told = self.channels.has_host(row.channel_id)
            row.due_at = at + lease if is_told else None
            row.turn = turn if is_told else row.turn
            self._put(row)
            if is_told:
                return _turn(turn, row, at)
        return None

    def go_on(self, turn: Turn, position: int, unsure_up_to: int, lease: timedelta) -> bool:
        row = self.hold(turn)
        if row is None:
            return False
        row.position, row.unsure_up_to = position, unsure_up_to
        row.due_at = self.tables.now() + lease
        self._put(row)
        return True

    def end(
        self,
        turn: Turn,
        position: int,
        *,
        failures: int = 0,
        lane: Lane = Lane.STEADY,
        after: timedelta | None = None,
    ) -> bool:
        row = self.hold(turn)
        if row is None:
            return False
        at = self.tables.now()
        row.position, row.failures, row.lane = position, failures, lane
        row.turn = row.unsure_up_to = row.due_at = None
        row.failing_since = (row.failing_since or at) if failures else None
        if after is not None:
            row.due_at = at + after
        elif self._is_behind(row):
            row.due_at = at
        self._put(row)
        return True

    def hold(self, turn: Turn) -> Endpoint | None:
        row = self.tables.endpoints.get(turn.endpoint_id)
        return row if row is not None and row.turn == turn.id else None

    def _due(self, lane: Lane, at: datetime) -> list[Endpoint]:
        """Those due longest first."""
        waiting = [(row.due_at, row) for row in self.tables.active() if row.lane is lane]
        due = [(due_at, row) for due_at, row in waiting if due_at is not None and due_at <= at]
        return [row for _, row in sorted(due, key=lambda one: one[0])]

    def _is_behind(self, row: Endpoint) -> bool:
        return row.position < self.channels.last_seq(row.room_id)

    def _put(self, row: Endpoint) -> None:
        self.tables.endpoints.put(row.id, row)


def _turn(turn: UUID, row: Endpoint, at: datetime) -> Turn:
    is_unsure = row.unsure_up_to is not None and row.unsure_up_to > row.position
    return Turn(
        id=turn,
        endpoint_id=row.id,
        room_id=row.room_id,
        url=row.url,
        event_types=tuple(row.event_types),
        secrets=row.secrets(at),
        position=row.position,
        failures=row.failures,
        unsure_up_to=row.unsure_up_to if is_unsure else None,
    )
