"""Reads of channels in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.chat.tables import ChatTables
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.channels.ports import ChannelMemberView, ChannelView, LiveView
from stonks.domain.channels.channel import Channel
from stonks.domain.ids import ChannelId, ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class MemoryChannelReads:
    """``ChannelReads``."""

    tables: ChannelTables
    identity: IdentityTables
    chat: ChatTables

    def by_slug(self, slug: str) -> ChannelView | None:
        channel = self.tables.channels.first(lambda row: row.slug == slug.lower())
        return self._view(channel) if channel else None

    def page(
        self, *, q: str | None, is_live: bool | None = None, before: ChannelId | None, limit: int
    ) -> Sequence[ChannelView]:
        rows = self.tables.channels.where(
            lambda row: _matches(row, q) and (before is None or row.id < before)
        )
        newest = sorted(rows, key=lambda row: row.id, reverse=True)
        views = [view for row in newest if (view := self._view(row))]
        return [view for view in views if is_live in (None, view.live is not None)][:limit]

    def members(
        self, channel_id: ChannelId, *, after: ProfileId | None, limit: int
    ) -> Sequence[ChannelMemberView]:
        channel = self.tables.channels.get(channel_id)
        members = sorted(self._members(channel), key=lambda member: member.profile_id)
        return [row for row in members if after is None or row.profile_id > after][:limit]

    def _members(self, channel: Channel | None) -> Iterator[ChannelMemberView]:
        if channel is None:
            return
        since = {channel.host_id: ("HOST", channel.created_at)}
        for id_, profile_id in self.tables.admins.keys(lambda key: key[0] == channel.id):
            at = self.tables.admins.get((id_, profile_id))
            if at is not None:
                since.setdefault(profile_id, ("ADMIN", at))
        for profile_id, (role, at) in since.items():
            person = self.identity.active(profile_id)
            if person is not None:
                yield ChannelMemberView(person.id, person.username, person.full_name, role, at)

    def _view(self, channel: Channel) -> ChannelView | None:
        host = self.identity.active(channel.host_id)
        if host is None:
            return None
        return ChannelView(
            id=channel.id,
            slug=channel.slug,
            title=channel.title,
            description=channel.description,
            room_id=self._room(channel.id),
            host=host.username,
            host_name=host.full_name,
            suspended_at=channel.suspended_at,
            created_at=channel.created_at,
            updated_at=channel.updated_at,
            live=self._live(channel.id),
        )

    def _live(self, channel_id: ChannelId) -> LiveView | None:
        stream = self.tables.live(channel_id)
        return None if stream is None else LiveView(stream.id, stream.title, stream.started_at)

    def _room(self, channel_id: ChannelId) -> RoomId:
        room = self.chat.rooms.first(lambda row: row.stage.channel_id == channel_id)
        if room is None:
            raise AssertionError("every channel has a room")
        return room.id


def _matches(channel: Channel, q: str | None) -> bool:
    return q is None or q.lower() in channel.slug or q.lower() in channel.title.lower()
