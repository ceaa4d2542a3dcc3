"""Who comes and goes, in memory: what is known of rooms, and telling it in their logs."""

from collections.abc import Collection, Iterator, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from stonks.adapters.attendance_entries import entries_of, people_of
from stonks.adapters.memory.attended_rooms import AttendedRoom, AttendedRooms
from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.log import MemoryRoomLog
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.adapters.memory.chat.work import MemoryRooms
from stonks.application.chat.ports import Announce
from stonks.application.presence.ports import Turn
from stonks.domain.ids import RoomId
from stonks.domain.presence.attendance import Look, Register


@dataclass(frozen=True, slots=True)
class MemoryAttended:
    """``Attended``."""

    tables: AttendedRooms

    def __call__(self, rooms: Collection[RoomId]) -> Set[RoomId]:
        return {id_ for id_ in rooms if self.tables.rooms.get(id_) is not None}


@dataclass(frozen=True, slots=True)
class MemoryRegisters:
    """``Registers``; a room that is gone is not looked at any more."""

    tables: AttendedRooms
    rooms: MemoryRooms

    def take(self, again: timedelta) -> Turn | None:
        row = self._due()
        if row is None:
            return None
        row = replace(row, due_at=self.tables.now() + again)
        self.tables.rooms.put(row.room_id, row)
        if not self.rooms.peek([row.room_id]):
            return Turn(row.room_id, row.due_at, None)
        return Turn(row.room_id, row.due_at, Register(row.attendees, row.counted, row.counted_at))

    def keep(self, turn: Turn, register: Register) -> bool:
        row = self.tables.rooms.get(turn.room_id)
        if row is None or row.due_at != turn.due_at or not self._is_there(row):
            return False
        known = self.rooms.identity.profiles.get
        kept = replace(
            row,
            counted=register.counted,
            counted_at=register.counted_at,
            attendees={id_: it for id_, it in register.attendees.items() if known(id_)},
        )
        self.tables.rooms.put(turn.room_id, kept)
        return True

    def _due(self) -> AttendedRoom | None:
        at = self.tables.now()
        for row in self.tables.rooms.where(lambda row: not self._is_there(row)):
            self.tables.rooms.remove(row.room_id)
        due = self.tables.rooms.where(lambda row: row.due_at <= at)
        return min(due, key=lambda row: row.due_at, default=None)

    def _is_there(self, row: AttendedRoom) -> bool:
        return self.rooms.tables.rooms.get(row.room_id) is not None


@dataclass(frozen=True, slots=True)
class MemoryRoomLogs:
    """``RoomLogs``; ``log`` is announced by whoever commits."""

    log: MemoryRoomLog
    rooms: MemoryRooms
    participants: MemoryParticipants

    def hold(self, room_id: RoomId) -> bool:
        return room_id in self.rooms.peek([room_id])

    def tell(self, room_id: RoomId, look: Look, at: datetime) -> None:
        room = self.rooms.peek([room_id])[room_id]
        found = self.participants.of(people_of(look, room))
        self.log.append(entries_of(look, room, at, found))


@dataclass(frozen=True, slots=True)
class MemoryPresenceWork:
    """``PresenceWork``."""

    registers: MemoryRegisters
    logs: MemoryRoomLogs


@dataclass(frozen=True, slots=True)
class MemoryBeginPresence:
    """``Begin[PresenceWork]``; what was told is announced once the block has committed."""

    tables: AttendedRooms
    channels: ChannelTables
    participants: MemoryParticipants
    announce: Announce

    def __call__(self) -> AbstractContextManager[MemoryPresenceWork]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[MemoryPresenceWork]:
        people, log = self.participants, MemoryRoomLog(self.participants.tables)
        rooms = MemoryRooms(people.tables, self.channels, people.identity)
        with self.tables.database.transaction():
            yield MemoryPresenceWork(
                MemoryRegisters(self.tables, rooms), MemoryRoomLogs(log, rooms, people)
            )
        log.announce_to(self.announce)
