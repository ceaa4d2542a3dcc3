"""People as rooms see them, from the tables of identity and channels."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.chat.ports import Writer
from stonks.domain.chat.entry import EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.room import Room, channel_role
from stonks.domain.chat.sanction import SanctionKind
from stonks.domain.errors import NotFound
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import RoomId


@dataclass(frozen=True, slots=True)
class MemoryParticipants:
    """``Participants``."""

    tables: ChatTables
    identity: IdentityTables
    channels: ChannelTables

    def of(self, writers: Collection[Writer]) -> Mapping[Writer, Participant]:
        return {
            (room_id, profile_id): self._see(room, profile)
            for room_id, profile_id in writers
            if (room := self.tables.rooms.get(room_id)) is not None
            and (profile := self.identity.profiles.get(profile_id)) is not None
            and profile.active
        }

    def named(self, room_id: RoomId, username: str) -> Participant:
        room = self.tables.rooms.get(room_id)
        profile = self.identity.profiles.first(
            lambda row: row.active and row.username.lower() == username.lower()
        )
        if room is None or profile is None:
            raise NotFound("unknown_profile", f"there is nobody called {username}")
        return self._see(room, profile)

    def _see(self, room: Room, profile: Profile) -> Participant:
        channel_id, person = room.stage.channel_id, profile.id
        is_admin = self.channels.admins.get((channel_id, person)) is not None
        return Participant(
            profile_id=person,
            username=profile.username,
            channel_role=channel_role(person, room.stage, is_admin=is_admin),
            is_staff=self.identity.is_staff(person),
            mute=self.tables.sanctions.get((room.id, person, SanctionKind.MUTE)),
            ban=self.tables.sanctions.get((room.id, person, SanctionKind.BAN)),
            wrote_at=max(
                (
                    view.entry.at
                    for view in self.tables.entries.where(
                        lambda view: (
                            view.entry.room_id == room.id
                            and view.entry.kind is EntryKind.MESSAGE
                            and view.entry.actor.profile_id == person
                        )
                    )
                ),
                default=None,
            ),
        )
