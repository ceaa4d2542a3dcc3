"""Telling who comes and goes, in rooms' logs."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from stonks.adapters.attendance_entries import entries_of, people_of
from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.adapters.postgres.chat.participants import PostgresParticipants
from stonks.adapters.postgres.chat.rooms import PostgresRooms
from stonks.domain.ids import RoomId
from stonks.domain.presence.attendance import Look


@dataclass(frozen=True, slots=True)
class PostgresRoomLogs:
    """``RoomLogs``; ``log`` is announced by whoever commits."""

    connection: Connection
    log: PostgresRoomLog

    def hold(self, room_id: RoomId) -> bool:
        rooms = PostgresRooms(self.connection)
        rooms.lock([room_id])
        return room_id in rooms.peek([room_id])

    def tell(self, room_id: RoomId, look: Look, at: datetime) -> None:
        room = PostgresRooms(self.connection).peek([room_id])[room_id]
        found = PostgresParticipants(self.connection).of(people_of(look, room))
        self.log.append(entries_of(look, room, at, found))
