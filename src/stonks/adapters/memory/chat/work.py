"""One unit of work of the chat in memory."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.log import MemoryRoomLog
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.chat.ports import Announce
from stonks.domain.chat.room import Room
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryRooms:
    """``RoomRepository``; the whole store is locked, so every room is."""

    tables: ChatTables
    channels: ChannelTables
    identity: IdentityTables

    def peek(self, ids: Collection[RoomId]) -> Mapping[RoomId, Room]:
        return {id_: room for id_ in ids if (room := self._get(id_)) is not None}

    def lock(self, ids: Collection[RoomId]) -> Mapping[RoomId, int]:
        found = {id_: self.tables.rooms.get(id_) for id_ in ids}
        return {id_: room.last_seq for id_, room in found.items() if room is not None}

    def save(self, room: Room) -> None:
        kept = self.tables.rooms.get(room.id)
        if kept is not None:
            kept.slow, kept.followers, kept.pinned = room.slow, room.followers, room.pinned
            self.tables.rooms.put(room.id, kept)

    def _get(self, room_id: RoomId) -> Room | None:
        room = self.tables.rooms.get(room_id)
        if room is None or self.identity.active(room.stage.host_id) is None:
            return None
        channel = self.channels.channels.get(room.stage.channel_id)
        if channel is not None:
            room.stage = replace(room.stage, is_suspended=channel.is_suspended)
        return room


@dataclass(frozen=True, slots=True)
class MemorySanctions:
    """``SanctionRepository``."""

    tables: ChatTables

    def put(self, sanction: Sanction) -> None:
        key = (sanction.room_id, sanction.profile_id, sanction.kind)
        self.tables.sanctions.put(key, sanction)

    def lift(self, room_id: RoomId, profile_id: ProfileId, kind: SanctionKind) -> bool:
        return self.tables.sanctions.remove((room_id, profile_id, kind))


@dataclass(frozen=True, slots=True)
class MemoryChatWork:
    """``ChatWork``."""

    rooms: MemoryRooms
    log: MemoryRoomLog
    sanctions: MemorySanctions
    participants: MemoryParticipants


@dataclass(frozen=True, slots=True)
class MemoryBeginChat:
    """``Begin[ChatWork]``; entries are announced once the block has committed."""

    tables: ChatTables
    channels: ChannelTables
    participants: MemoryParticipants
    announce: Announce

    def __call__(self) -> AbstractContextManager[MemoryChatWork]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[MemoryChatWork]:
        log = MemoryRoomLog(self.tables)
        rooms = MemoryRooms(self.tables, self.channels, self.participants.identity)
        with self.tables.database.transaction():
            yield MemoryChatWork(rooms, log, MemorySanctions(self.tables), self.participants)
        log.announce_to(self.announce)
