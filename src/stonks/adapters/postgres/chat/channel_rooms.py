"""The rooms of channels, for the channels' own unit of work."""

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from stonks.adapters.chat_entries import entry_of
from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.adapters.postgres.chat.participants import PostgresParticipants
from stonks.adapters.postgres.chat.rooms import PostgresRooms
from stonks.adapters.postgres.tables import chat as t
from stonks.domain.channels.channel import Channel
from stonks.domain.channels.events import ChannelEvent
from stonks.domain.chat.room import RoomKind
from stonks.domain.errors import Forbidden, NotFound
from stonks.domain.ids import ChannelId, RoomId


@dataclass(frozen=True, slots=True)
class PostgresChannelRooms:
    """``ChannelRooms``; ``log`` is announced by whoever commits."""

    connection: Connection
    log: PostgresRoomLog

    def open(self, channel: Channel, room_id: RoomId) -> None:
        row = {"id": room_id, "kind": RoomKind.LIVE, "channel_id": channel.id}
        self.connection.execute(insert(t.rooms).values(row))

    def record(self, event: ChannelEvent) -> None:
        room_id = self._room_of(event.channel_id)
        rooms = PostgresRooms(self.connection)
        rooms.lock([room_id])
        room = rooms.peek([room_id]).get(room_id)
        if room is None:
            raise NotFound("unknown_channel", "there is no such channel")
        writer = (room_id, event.by)
        person = PostgresParticipants(self.connection).of([writer]).get(writer)
        if person is None:
            raise Forbidden("profile_inactive", "this profile is not active")
        self.log.append([entry_of(event, room, person)])

    def close(self, channel_id: ChannelId) -> None:
        room_id = self._room_of(channel_id)
        PostgresRooms(self.connection).lock([room_id])  # or what is being written would stay
        self.connection.execute(delete(t.entries).where(t.entries.c.room_id == room_id))
        self.connection.execute(delete(t.rooms).where(t.rooms.c.id == room_id))
        self.log.closed.append(room_id)

    def _room_of(self, channel_id: ChannelId) -> RoomId:
        found = select(t.rooms.c.id).where(t.rooms.c.channel_id == channel_id)
        return RoomId(self.connection.scalars(found).one())
