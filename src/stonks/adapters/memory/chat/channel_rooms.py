"""The rooms of channels, for the channels' own unit of work."""

from dataclasses import dataclass

from stonks.adapters.chat_entries import entry_of
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
            self._forget(room.id)
            self.log.closed.append(room.id)

    def _forget(self, room_id: RoomId) -> None:
        tables = self.log.tables
        for view in tables.entries.where(lambda row: row.entry.room_id == room_id):
            tables.entries.remove((room_id, view.entry.seq))
        for sanction in tables.sanctions.where(lambda row: row.room_id == room_id):
            tables.sanctions.remove((room_id, sanction.profile_id, sanction.kind))
        tables.rooms.remove(room_id)
