"""The rows of channels."""

from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.memory.database import Database, Table
from stonks.domain.channels.channel import Channel
from stonks.domain.channels.stream import Stream
from stonks.domain.ids import ChannelId, ProfileId, StreamId

AdminKey = tuple[ChannelId, ProfileId]


@dataclass(slots=True)
class ChannelTables:
    """Channels and streams by id, and since when somebody is ADMIN of a channel."""

    database: Database
    channels: Table[ChannelId, Channel] = field(init=False)
    admins: Table[AdminKey, datetime] = field(init=False)
    streams: Table[StreamId, Stream] = field(init=False)

    def __post_init__(self) -> None:
        self.channels = Table(self.database)
        self.admins = Table(self.database)
        self.streams = Table(self.database)

    def live(self, channel_id: ChannelId) -> Stream | None:
        """The stream that a channel has live."""
        return self.streams.first(lambda row: row.channel_id == channel_id and row.is_live)
