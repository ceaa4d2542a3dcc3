"""What notifications ask channels and identity."""

from dataclasses import dataclass

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.notifications.work import StreamFacts
from stonks.domain.ids import ChannelId, ProfileId, StreamId


@dataclass(frozen=True, slots=True)
class MemoryNeighbours:
    """``Neighbours``."""

    channels: ChannelTables
    identity: IdentityTables

    def stream(self, channel_id: ChannelId, stream_id: StreamId) -> StreamFacts | None:
        channel = self.channels.channels.get(channel_id)
        stream = self.channels.streams.get(stream_id)
        host = self.identity.active(channel.host_id) if channel else None
        if channel is None or stream is None or host is None:
            return None
        return StreamFacts(channel.slug, host.username, host.full_name, stream.ended_at is None)

    def announced(self, channel_id: ChannelId, stream_id: StreamId) -> StreamId | None:
        found = self.channels.streams.where(
            lambda row: row.channel_id == channel_id and row.id <= stream_id and row.is_announced
        )
        return max((stream.id for stream in found), default=None)

    def hosted(self, channel_id: ChannelId) -> tuple[str, ProfileId] | None:
        channel = self.channels.channels.get(channel_id)
        if channel is None or self.identity.active(channel.host_id) is None:
            return None
        return channel.slug, channel.host_id

    def username(self, profile_id: ProfileId) -> str | None:
        profile = self.identity.active(profile_id)
        return profile.username if profile else None
