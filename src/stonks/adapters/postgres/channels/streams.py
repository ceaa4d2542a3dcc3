"""Streams on PostgreSQL."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, func, insert, select, update

from stonks.adapters.postgres.tables.channels import channels, streams
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.work import Reads, refusing
from stonks.application.channels.ports import QuietStream, StreamView
from stonks.domain.channels.stream import EndReason, Stream, already_live
from stonks.domain.ids import ChannelId, StreamId

REFUSALS = {"streams_live_key": already_live}
_VIEW: Select[Any] = select(
    streams.c.id,
    streams.c.title,
    streams.c.started_at,
    streams.c.ended_at,
    streams.c.end_reason,
)


@dataclass(frozen=True, slots=True)
class PostgresStreams:
    """``StreamRepository``."""

    connection: Connection

    def add(self, stream: Stream) -> None:
        with refusing(REFUSALS):
            self.connection.execute(insert(streams).values(_row(stream)))

    def last(self, channel_id: ChannelId) -> Stream | None:
        wanted = (
            select(streams)
            .where(streams.c.channel_id == channel_id)
            .order_by(streams.c.id.desc())
            .limit(1)
            .with_for_update()
        )
        row = self.connection.execute(wanted).mappings().first()
        return None if row is None else _stream(row)

    def save(self, stream: Stream) -> None:
        this = streams.c.id == stream.id
        self.connection.execute(update(streams).where(this).values(_row(stream)))

    def see(self, ids: Collection[StreamId], at: datetime) -> None:
        free = (
            select(streams.c.id)
            .where(streams.c.id.in_(ids), streams.c.ended_at.is_(None))
            .with_for_update(skip_locked=True)  # several that do this must not wait for each other
            .cte("free")
        )
        seen = func.greatest(streams.c.seen_at, at)
        self.connection.execute(
            update(streams).where(streams.c.id == free.c.id).values(seen_at=seen)
        )


@dataclass(frozen=True, slots=True)
class PostgresStreamReads:
    """``StreamReads``."""

    reads: Reads

    def page(
        self, channel_id: ChannelId, *, before: StreamId | None, limit: int
    ) -> Sequence[StreamView]:
        wanted = _VIEW.where(streams.c.channel_id == channel_id)
        if before is not None:
            wanted = wanted.where(streams.c.id < before)
        return self._views(wanted.order_by(streams.c.id.desc()).limit(limit))

    def live(self, channel_id: ChannelId) -> StreamView | None:
        this = streams.c.channel_id == channel_id, streams.c.ended_at.is_(None)
        return next(iter(self._views(_VIEW.where(*this))), None)

    def quiet(
        self, *, since: datetime, after: StreamId | None = None, limit: int
    ) -> Sequence[QuietStream]:
        wanted = (
            select(streams.c.id, streams.c.channel_id, channels.c.host_id)
            .join(channels, channels.c.id == streams.c.channel_id)
            .join(profile, profile.c.id == channels.c.host_id)
            .where(streams.c.ended_at.is_(None), streams.c.seen_at <= since, profile.c.active)
            .order_by(streams.c.id)
            .limit(limit)
        )
        if after is not None:
            wanted = wanted.where(streams.c.id > after)
        with self.reads.connect() as connection:
            return [QuietStream(*row) for row in connection.execute(wanted)]

    def _views(self, wanted: Select[Any]) -> Sequence[StreamView]:
        with self.reads.connect() as connection:
            return [StreamView(*row) for row in connection.execute(wanted)]


def _row(stream: Stream) -> dict[str, object]:
    return {
        "id": stream.id,
        "channel_id": stream.channel_id,
        "title": stream.title,
        "started_at": stream.started_at,
        "seen_at": stream.seen_at,
        "is_announced": stream.is_announced,
        "ended_at": stream.ended_at,
        "end_reason": stream.end_reason,
    }


def _stream(row: RowMapping) -> Stream:
    values = dict(row)  # the columns are named as the fields are
    reason = values.pop("end_reason")
    return Stream(**values, end_reason=None if reason is None else EndReason(reason))
