"""Reads of endpoints, and of what they were sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.webhooks.endpoints import unknown_endpoint
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.application.webhooks.ports import EndpointView
from stonks.domain.ids import AttemptId, ChannelId, EndpointId, RoomId
from stonks.domain.webhooks.attempt import Attempt, Outcome
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class MemoryEndpointReads:
    """``EndpointReads``."""

    tables: WebhookTables
    chat: ChatTables

    def rooms(self) -> Collection[RoomId]:
        return {endpoint.room_id for endpoint in self.tables.active()}

    def page(
        self, channel_id: ChannelId, *, after: EndpointId | None, limit: int
    ) -> Sequence[EndpointView]:
        rows = self.tables.endpoints.where(
            lambda row: row.channel_id == channel_id and (after is None or row.id > after)
        )
        return [self._view(row) for row in sorted(rows, key=lambda row: row.id)[:limit]]

    def one(self, channel_id: ChannelId, endpoint_id: EndpointId) -> EndpointView:
        endpoint = self.tables.endpoints.get(endpoint_id)
        if endpoint is None or endpoint.channel_id != channel_id:
            raise unknown_endpoint()
        return self._view(endpoint)

    def attempts(
        self,
        endpoint_id: EndpointId,
        *,
        outcome: Outcome | None = None,
        before: AttemptId | None,
        limit: int,
    ) -> Sequence[Attempt]:
        found = self.tables.attempts.where(
            lambda row: (
                row.endpoint_id == endpoint_id
                and outcome in (None, row.outcome)
                and (before is None or row.id < before)
            )
        )
        return sorted(found, key=lambda row: row.id, reverse=True)[:limit]

    def _view(self, endpoint: Endpoint) -> EndpointView:
        room = self.chat.rooms.get(endpoint.room_id)
        last_seq = 0 if room is None else room.last_seq
        return EndpointView(endpoint, max(0, last_seq - endpoint.position))
