"""The rows of the chat."""

from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.application.chat.ports import EntryView
from stonks.domain.chat.room import Room
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.ids import ProfileId, RoomId

EntryKey = tuple[RoomId, int]
SanctionKey = tuple[RoomId, ProfileId, SanctionKind]


@dataclass(slots=True)
class ChatTables:
    """Rooms with the channel as it was when they were made; the channel's own table is asked."""

    database: Database
    rooms: Table[RoomId, Room] = field(init=False)
    entries: Table[EntryKey, EntryView] = field(init=False)
    sanctions: Table[SanctionKey, Sanction] = field(init=False)

    def __post_init__(self) -> None:
        self.rooms = Table(self.database)
        self.entries = Table(self.database)
        self.sanctions = Table(self.database)
