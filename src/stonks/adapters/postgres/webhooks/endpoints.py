"""Endpoints, to be changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select, update

from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.tables.webhooks import endpoints
from stonks.adapters.postgres.webhooks.attended import settle_attendance
from stonks.adapters.postgres.webhooks.rows import endpoint_of, row_of
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, EndpointId
from stonks.domain.webhooks.endpoint import Endpoint


@dataclass(frozen=True, slots=True)
class PostgresEndpoints:
    """``EndpointRepository`` on the table ``webhook_endpoints``."""

    connection: Connection

    def add(self, endpoint: Endpoint) -> None:
        self.connection.execute(insert(endpoints).values(row_of(endpoint)))
        settle_attendance(self.connection, endpoint.room_id)

    def of(self, channel_id: ChannelId) -> Sequence[Endpoint]:
        theirs = select(endpoints).where(endpoints.c.channel_id == channel_id)
        return self._all(theirs.order_by(endpoints.c.id))

    def lock(self, channel_id: ChannelId, endpoint_id: EndpointId) -> Endpoint:
        lock_channel(self.connection, select(channels.c.id).where(channels.c.id == channel_id))
        this = endpoints.c.channel_id == channel_id, endpoints.c.id == endpoint_id
        found = self._all(select(endpoints).where(*this).with_for_update())
        if not found:
            raise unknown_endpoint()
        return found[0]

    def save(self, endpoint: Endpoint) -> None:
        this = endpoints.c.id == endpoint.id
        self.connection.execute(update(endpoints).where(this).values(row_of(endpoint)))
        settle_attendance(self.connection, endpoint.room_id)

    def remove(self, endpoint: Endpoint) -> None:
        self.connection.execute(delete(endpoints).where(endpoints.c.id == endpoint.id))
        settle_attendance(self.connection, endpoint.room_id)

    def sealed(self, after: EndpointId | None, most: int) -> Sequence[Endpoint]:
        wanted = select(endpoints).order_by(endpoints.c.id).limit(most)
        if after is not None:
            wanted = wanted.where(endpoints.c.id > after)
        return self._all(wanted.with_for_update())

    def _all(self, wanted: Select[Any]) -> Sequence[Endpoint]:
        return [endpoint_of(row) for row in self.connection.execute(wanted).mappings()]


def lock_channel(connection: Connection, this: Select[Any]) -> None:
    """Before an endpoint of it: so does whoever deletes the channel, and neither waits in vain."""
    connection.execute(this.with_for_update(key_share=True))


def unknown_endpoint() -> NotFound:
    return NotFound("unknown_endpoint", "there is no such endpoint")
