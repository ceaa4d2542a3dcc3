"""Endpoints, to be changed, and what they were sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from stonks.adapters.clock import first_id
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, EndpointId
from stonks.domain.webhooks.attempt import Attempt
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class MemoryEndpoints:
    """``EndpointRepository``; the whole store is locked, so every endpoint is."""

    tables: WebhookTables

    def add(self, endpoint: Endpoint) -> None:
        self.tables.endpoints.put(endpoint.id, endpoint)
        self.tables.settle_attendance(endpoint.room_id)

    def of(self, channel_id: ChannelId) -> Sequence[Endpoint]:
        return self._by_id(lambda row: row.channel_id == channel_id)

    def lock(self, channel_id: ChannelId, endpoint_id: EndpointId) -> Endpoint:
        endpoint = self.tables.endpoints.get(endpoint_id)
        if endpoint is None or endpoint.channel_id != channel_id:
            raise unknown_endpoint()
        return endpoint

    def save(self, endpoint: Endpoint) -> None:
        if self.tables.endpoints.get(endpoint.id) is not None:
            self.add(endpoint)

    def remove(self, endpoint: Endpoint) -> None:
        self.tables.endpoints.remove(endpoint.id)
        self.tables.settle_attendance(endpoint.room_id)

    def sealed(self, after: EndpointId | None, most: int) -> Sequence[Endpoint]:
        return self._by_id(lambda row: after is None or row.id > after)[:most]

    def _by_id(self, matches: Callable[[Endpoint], bool]) -> list[Endpoint]:
        return sorted(self.tables.endpoints.where(matches), key=lambda row: row.id)


@dataclass(frozen=True, slots=True)
class MemoryAttempts:
    """``Attempts``."""

    tables: WebhookTables

    def add(self, attempts: Sequence[Attempt]) -> None:
        for attempt in attempts:
            self.tables.attempts.put((attempt.endpoint_id, attempt.id), attempt)

    def forget(self, before: datetime, most: int) -> int:
        first = first_id(before)
        old = self.tables.attempts.keys(lambda key: key[1] < first)
        return sum(self.tables.attempts.remove(key) for key in islice(old, most))


def unknown_endpoint() -> NotFound:
    return NotFound("unknown_endpoint", "there is no such endpoint")
