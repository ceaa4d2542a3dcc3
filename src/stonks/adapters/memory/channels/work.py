"""One unit of work of the channels in memory."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass

from stonks.adapters.memory.channels.people import MemoryPeople
from stonks.adapters.memory.channels.repositories import MemoryAdmins, MemoryChannels
from stonks.adapters.memory.channels.streams import MemoryStreams
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.channel_rooms import MemoryChannelRooms
from stonks.adapters.memory.chat.log import MemoryRoomLog
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.adapters.memory.outbox.tables import MemoryPublish, OutboxTables
from stonks.application.chat.ports import Announce


@dataclass(frozen=True, slots=True)
class MemoryChannelsWork:
    """``ChannelsWork``."""

    channels: MemoryChannels
    admins: MemoryAdmins
    people: MemoryPeople
    rooms: MemoryChannelRooms
    streams: MemoryStreams
    publish: MemoryPublish


@dataclass(frozen=True, slots=True)
class MemoryBeginChannels:
    """``Begin[ChannelsWork]``; what happened is announced once the block has committed."""

    tables: ChannelTables
    people: MemoryPeople
    participants: MemoryParticipants
    announce: Announce
    outbox: OutboxTables

    def __call__(self) -> AbstractContextManager[MemoryChannelsWork]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[MemoryChannelsWork]:
        log = MemoryRoomLog(self.participants.tables)
        rooms = MemoryChannelRooms(log, self.participants)
        with self.tables.database.transaction():
            yield MemoryChannelsWork(
                MemoryChannels(self.tables),
                MemoryAdmins(self.tables),
                self.people,
                rooms,
                MemoryStreams(self.tables),
                MemoryPublish(self.outbox),
            )
        log.announce_to(self.announce)
