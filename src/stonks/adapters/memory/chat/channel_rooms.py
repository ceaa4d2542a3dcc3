"""The rooms of channels, for the channels' own unit of work."""

from dataclasses import dataclass

from stonks.adapters.chat_entries import entry_of
from stonks.adapters.memory.cascading import remove_naming
from stonks.adapters.memory.chat.log import MemoryRoomLog
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.domain.channels.channel import Channel
from stonks.domain.channels.events import ChannelEvent
from stonks.domain.chat.room import Room, RoomKind, Stage
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryChannelRooms:
    """``ChannelRooms``."""

    log: MemoryRoomLog
    participants: MemoryParticipants

    def open(self, channel: Channel, room_id: RoomId) -> None:
        stage = Stage(channel.id, channel.slug, channel.host_id)
        self.log.tables.rooms.put(room_id, Room(room_id, RoomKind.LIVE, stage))

    def record(self, event: ChannelEvent) -> None:
        room = self.log.tables.rooms.first(lambda row: row.stage.channel_id == event.channel_id)
        if room is None:
            raise AssertionError("every channel has a room")
        if self.participants.identity.active(room.stage.host_id) is None:
            raise NotFound("unknown_channel", "there is no such channel")
        writer = (room.id, event.by)
        self.log.append([entry_of(event, room, self.participants.of([writer])[writer])])

    def close(self, channel_id: ChannelId) -> None:
        rooms = self.log.tables.rooms.where(lambda row: row.stage.channel_id == channel_id)
        for room in rooms:
            remove_naming(self.log.tables.database, [room.id])
            self.log.closed.append(room.id)
