"""What webhooks ask channels and chat."""

from dataclasses import dataclass

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.webhooks.ports import HostedChannel
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryHostedChannels:
    """``HostedChannels``; the whole store is locked, so every channel is."""

    channels: ChannelTables
    chat: ChatTables
    identity: IdentityTables

    def lock(self, channel_id: ChannelId) -> HostedChannel:
        return self.get(channel_id)

    def get(self, channel_id: ChannelId) -> HostedChannel:
        channel = self.channels.channels.get(channel_id)
        room = self.chat.rooms.first(lambda row: row.stage.channel_id == channel_id)
        if channel is None or room is None or not self.has_host(channel_id):
            raise NotFound("unknown_channel", "there is no such channel")
        return HostedChannel(
            id=channel.id,
            slug=channel.slug,
            host_id=channel.host_id,
            room_id=room.id,
            last_seq=room.last_seq,
            is_suspended=channel.is_suspended,
        )

    def has_host(self, channel_id: ChannelId) -> bool:
        """Whether its HOST is active."""
        channel = self.channels.channels.get(channel_id)
        return channel is not None and self.identity.active(channel.host_id) is not None

    def last_seq(self, room_id: RoomId) -> int:
        room = self.chat.rooms.get(room_id)
        return 0 if room is None else room.last_seq
