"""Reads of endpoints, and of what they were sent."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select

from stonks.adapters.postgres.tables.chat import rooms
from stonks.adapters.postgres.tables.webhooks import attempts, endpoints
from stonks.adapters.postgres.webhooks.attempts import attempt_of
from stonks.adapters.postgres.webhooks.endpoints import unknown_endpoint
from stonks.adapters.postgres.webhooks.rows import endpoint_of
from stonks.adapters.postgres.work import Reads
from stonks.application.webhooks.ports import EndpointView
from stonks.domain.ids import AttemptId, ChannelId, EndpointId, RoomId
from stonks.domain.webhooks.attempt import Attempt, Outcome
from stonks.domain.webhooks.endpoint import Status

_BEHIND = func.greatest(0, rooms.c.last_seq - endpoints.c.position).label("behind")
_VIEW = select(endpoints, _BEHIND).join(rooms, rooms.c.id == endpoints.c.room_id)


@dataclass(frozen=True, slots=True)
class PostgresEndpointReads:
    """``EndpointReads``, one select each."""

    reads: Reads

    def rooms(self) -> Collection[RoomId]:
        active = select(endpoints.c.room_id).where(endpoints.c.status == Status.ACTIVE).distinct()
        with self.reads.connect() as connection:
            return {RoomId(room_id) for room_id in connection.scalars(active)}

    def page(
        self, channel_id: ChannelId, *, after: EndpointId | None, limit: int
    ) -> Sequence[EndpointView]:
        wanted = _VIEW.where(endpoints.c.channel_id == channel_id)
        if after is not None:
            wanted = wanted.where(endpoints.c.id > after)
        return self._views(wanted.order_by(endpoints.c.id).limit(limit))

    def one(self, channel_id: ChannelId, endpoint_id: EndpointId) -> EndpointView:
        this = endpoints.c.channel_id == channel_id, endpoints.c.id == endpoint_id
        for view in self._views(_VIEW.where(*this)):
            return view
        raise unknown_endpoint()

    def attempts(
        self,
        endpoint_id: EndpointId,
        *,
        outcome: Outcome | None = None,
        before: AttemptId | None,
        limit: int,
    ) -> Sequence[Attempt]:
        wanted = select(attempts).where(attempts.c.endpoint_id == endpoint_id)
        if outcome is not None:
            wanted = wanted.where(attempts.c.outcome == outcome.value)
        if before is not None:
            wanted = wanted.where(attempts.c.id < before)
        newest = wanted.order_by(attempts.c.id.desc()).limit(limit)
        with self.reads.connect() as connection:
            return [attempt_of(row) for row in connection.execute(newest).mappings()]

    def _views(self, wanted: Select[Any]) -> Sequence[EndpointView]:
        with self.reads.connect() as connection:
            return [_view(dict(row)) for row in connection.execute(wanted).mappings()]


def _view(row: dict[str, Any]) -> EndpointView:
    behind = row.pop("behind")
    return EndpointView(endpoint_of(row), behind)
