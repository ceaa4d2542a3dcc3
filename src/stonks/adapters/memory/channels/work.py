"""One unit of work of the channels in memory."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from stonks.adapters.memory.channels.people import MemoryPeople
from stonks.adapters.memory.channels.repositories import MemoryAdmins, MemoryChannels
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.channel_rooms import MemoryChannelRooms
from stonks.adapters.memory.chat.log import MemoryRoomLog
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.application.chat.ports import Announce


@dataclass(frozen=True, slots=True)
class MemoryChannelsWork:
    """``ChannelsWork``."""

    channels: MemoryChannels
    admins: MemoryAdmins
    people: MemoryPeople
    rooms: MemoryChannelRooms


@dataclass(frozen=True, slots=True)
class MemoryBeginChannels:
    """``Begin[ChannelsWork]``; what happened is announced once the block has committed."""

    tables: ChannelTables
    people: MemoryPeople
    participants: MemoryParticipants
    announce: Announce

    def __call__(self) -> AbstractContextManager[MemoryChannelsWork]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[MemoryChannelsWork]:
        log = MemoryRoomLog(self.participants.tables)
        rooms = MemoryChannelRooms(log, self.participants)
        channels, admins = MemoryChannels(self.tables), MemoryAdmins(self.tables)
        with self.tables.database.transaction():
            yield MemoryChannelsWork(channels, admins, self.people, rooms)
        log.announce_to(self.announce)
