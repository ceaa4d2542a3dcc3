"""Channels and their ADMINs, to be changed."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.cascading import remove_naming
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.domain.channels.channel import Channel
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class MemoryChannels:
    """``ChannelRepository``; the whole store is locked, so every channel is."""

    tables: ChannelTables

    def add(self, channel: Channel) -> None:
        if self.tables.channels.first(lambda row: row.slug == channel.slug) is not None:
            raise Conflict("slug_taken", "this slug is taken")
        self.tables.channels.put(channel.id, channel)

    def lock(self, channel_id: ChannelId) -> Channel:
        channel = self.tables.channels.get(channel_id)
        if channel is None:
            raise NotFound("unknown_channel", "there is no such channel")
        return channel

    def save(self, channel: Channel) -> None:
        self.tables.channels.put(channel.id, channel)

    def remove(self, channel_id: ChannelId) -> None:
        """With its ADMINs, its streams, and what else is a channel's in whatever table."""
        remove_naming(self.tables.database, [channel_id], ["channel_id"])


@dataclass(frozen=True, slots=True)
class MemoryAdmins:
    """``AdminRepository``."""

    tables: ChannelTables

    def add(self, channel_id: ChannelId, profile_id: ProfileId, at: datetime) -> bool:
        if self.has(channel_id, profile_id):
            return False
        self.tables.admins.put((channel_id, profile_id), at)
        return True

    def remove(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        return self.tables.admins.remove((channel_id, profile_id))

    def has(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        return self.tables.admins.get((channel_id, profile_id)) is not None
