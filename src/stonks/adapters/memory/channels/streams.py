"""Streams in memory."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.channels.ports import QuietStream, StreamView
from stonks.domain.channels.stream import Stream, already_live
from stonks.domain.ids import ChannelId, ProfileId, StreamId


@dataclass(frozen=True, slots=True)
class MemoryStreams:
    """``StreamRepository``; the whole store is locked, so every stream is."""

    tables: ChannelTables

    def add(self, stream: Stream) -> None:
        if stream.is_live and self.tables.live(stream.channel_id) is not None:
            raise already_live()
        self.tables.streams.put(stream.id, stream)

    def last(self, channel_id: ChannelId) -> Stream | None:
        streams = self.tables.streams.where(lambda row: row.channel_id == channel_id)
        return max(streams, key=lambda row: row.id, default=None)

    def save(self, stream: Stream) -> None:
        self.tables.streams.put(stream.id, stream)

    def see(self, streams: Collection[StreamId], at: datetime) -> None:
        for stream_id in streams:
            stream = self.tables.streams.get(stream_id)
            if stream is not None and stream.is_live:
                stream.see(at)
                self.tables.streams.put(stream_id, stream)


@dataclass(frozen=True, slots=True)
class MemoryStreamReads:
    """``StreamReads``."""

    tables: ChannelTables
    identity: IdentityTables

    def page(
        self, channel_id: ChannelId, *, before: StreamId | None, limit: int
    ) -> Sequence[StreamView]:
        rows = self._by_id(
            lambda row: row.channel_id == channel_id and (before is None or row.id < before)
        )
        return [_view(row) for row in rows[::-1][:limit]]

    def live(self, channel_id: ChannelId) -> StreamView | None:
        stream = self.tables.live(channel_id)
        return None if stream is None else _view(stream)

    def quiet(
        self, *, since: datetime, after: StreamId | None = None, limit: int
    ) -> Sequence[QuietStream]:
        rows = self._by_id(
            lambda row: row.is_live and row.seen_at <= since and (after is None or row.id > after)
        )
        found = ((row, self._host(row.channel_id)) for row in rows)
        known = [QuietStream(row.id, row.channel_id, host) for row, host in found if host]
        return known[:limit]

    def _by_id(self, matches: Callable[[Stream], bool]) -> list[Stream]:
        return sorted(self.tables.streams.where(matches), key=lambda row: row.id)

    def _host(self, channel_id: ChannelId) -> ProfileId | None:
        channel = self.tables.channels.get(channel_id)
        host = None if channel is None else self.identity.active(channel.host_id)
        return None if host is None else host.id


def _view(stream: Stream) -> StreamView:
    return StreamView(
        stream.id, stream.title, stream.started_at, stream.ended_at, stream.end_reason
    )
