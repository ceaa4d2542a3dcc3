"""Reads of the chat in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.participants import MemoryParticipants
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.chat.work import MemoryRooms
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.chat.ports import EntryView, RoomView, SanctionView
from stonks.domain.chat.participant import Participant
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryChatReads:
    """``ChatReads``."""

    tables: ChatTables
    identity: IdentityTables
    channels: ChannelTables
    people: MemoryParticipants

    def room(self, room_id: RoomId) -> RoomView | None:
        room = self._rooms.peek([room_id]).get(room_id)
        if room is None:
            return None
        pinned = None if room.pinned is None else self.tables.entries.get((room_id, room.pinned))
        return RoomView(room, pinned and self._named(pinned))

    def room_of(self, slug: str) -> RoomId | None:
        channel = self.channels.channels.first(lambda row: row.slug == slug.lower())
        if channel is None or self.identity.active(channel.host_id) is None:
            return None
        room = self.tables.rooms.first(lambda row: row.stage.channel_id == channel.id)
        return room.id if room else None

    def participant(self, room_id: RoomId, profile_id: ProfileId) -> Participant | None:
        return self.participants([room_id], profile_id).get(room_id)

    def participants(
        self, rooms: Collection[RoomId], profile_id: ProfileId
    ) -> Mapping[RoomId, Participant]:
        found = self.people.of([(room_id, profile_id) for room_id in rooms])
        return {room_id: person for (room_id, _), person in found.items()}

    def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[EntryView]:
        return [view for view in self._log(room_id) if view.entry.seq > seq][:limit]

    def before(self, room_id: RoomId, seq: int | None, limit: int) -> Sequence[EntryView]:
        earlier = [view for view in self._log(room_id) if seq is None or view.entry.seq < seq]
        return earlier[-limit:]

    def positions(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        return {id_: room.last_seq for id_, room in self._rooms.peek(rooms).items()}

    def sanctions(
        self, room_id: RoomId, at: datetime, after: tuple[ProfileId, str] | None, limit: int
    ) -> Sequence[SanctionView]:
        rows = self.tables.sanctions.where(lambda row: row.room_id == room_id and row.holds(at))
        keyed = sorted(rows, key=lambda row: (row.profile_id, row.kind))
        wanted = [row for row in keyed if after is None or (row.profile_id, row.kind) > after]
        return [
            SanctionView(row, self._name(row.profile_id) or "", self._name(row.by) or "")
            for row in wanted[:limit]
        ]

    @property
    def _rooms(self) -> MemoryRooms:
        return MemoryRooms(self.tables, self.channels, self.identity)

    def _log(self, room_id: RoomId) -> Sequence[EntryView]:
        views = self.tables.entries.where(lambda view: view.entry.room_id == room_id)
        return [self._named(view) for view in sorted(views, key=lambda view: view.entry.seq)]

    def _named(self, view: EntryView) -> EntryView:
        """With the name that the actor has today."""
        actor = view.entry.actor
        actor = replace(actor, username=self._name(actor.profile_id))
        return replace(view, entry=replace(view.entry, actor=actor))

    def _name(self, profile_id: ProfileId) -> str | None:
        profile = self.identity.profiles.get(profile_id)
        return profile.username if profile and profile.active else None
