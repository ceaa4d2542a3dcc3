"""The rows of channels."""

from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.memory.database import Database, Table
from stonks.domain.channels.channel import Channel
from stonks.domain.ids import ChannelId, ProfileId

AdminKey = tuple[ChannelId, ProfileId]


@dataclass(slots=True)
class ChannelTables:
    """Channels by id, and since when somebody is ADMIN of one."""

    database: Database
    channels: Table[ChannelId, Channel] = field(init=False)
    admins: Table[AdminKey, datetime] = field(init=False)

    def __post_init__(self) -> None:
        self.channels = Table(self.database)
        self.admins = Table(self.database)
