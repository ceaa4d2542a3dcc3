"""What channels need: their own store, and a place in their room's log."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.domain.channels.channel import Channel
from stonks.domain.channels.events import ChannelEvent
from stonks.domain.ids import ChannelId, ProfileId, RoomId


class ChannelRepository(Protocol):
    def add(self, channel: Channel) -> None:
        """Raises ``Conflict`` (``slug_taken``); slugs are compared without regard to case."""

    def lock(self, channel_id: ChannelId) -> Channel:
        """The channel, held until the unit of work ends; ``NotFound`` (``unknown_channel``)."""

    def save(self, channel: Channel) -> None: ...

    def remove(self, channel_id: ChannelId) -> None:
        """Delete the channel and who its ADMINs were; its room is forgotten before."""


class AdminRepository(Protocol):
    def add(self, channel_id: ChannelId, profile_id: ProfileId, at: datetime) -> bool:
        """False where this person was an ADMIN already."""

    def remove(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        """False where this person was none."""

    def has(self, channel_id: ChannelId, profile_id: ProfileId) -> bool: ...


@dataclass(frozen=True, slots=True)
class Person:
    """An active profile, as channels know it."""

    profile_id: ProfileId
    username: str
    is_staff: bool
    may_open_channels: bool = True


class People(Protocol):
    """Answered by identity; inactive profiles are unknown."""

    def get(self, profile_id: ProfileId) -> Person:
        """Raises ``NotFound`` (``unknown_profile``)."""

    def named(self, username: str) -> Person:
        """Compared without regard to case; raises ``NotFound`` (``unknown_profile``)."""


class ChannelRooms(Protocol):
    """The live room of each channel; answered by chat, in the same unit of work."""

    def open(self, channel: Channel, room_id: RoomId) -> None:
        """Make the room of a new channel."""

    def record(self, event: ChannelEvent) -> None:
        """Append what happened to the room's log; announced once the unit of work commits.

        Raises ``NotFound`` (``unknown_channel``) where the HOST is not active.
        """

    def close(self, channel_id: ChannelId) -> None:
        """Remove the room, its log and its sanctions; readers are told once this commits."""


class ChannelsWork(Protocol):
    """One unit of work of the channels."""

    @property
    def channels(self) -> ChannelRepository: ...
    @property
    def admins(self) -> AdminRepository: ...
    @property
    def people(self) -> People: ...
    @property
    def rooms(self) -> ChannelRooms: ...


@dataclass(frozen=True, slots=True)
class ChannelView:
    """A channel as anybody may see it; one whose HOST is inactive is unknown to all reads."""

    id: ChannelId
    slug: str
    title: str
    description: str
    room_id: RoomId
    host: str
    host_name: str
    suspended_at: datetime | None
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class ChannelMemberView:
    """HOST or one of the ADMINs; ``since`` is when they became it."""

    profile_id: ProfileId
    username: str
    full_name: str
    role: str
    since: datetime


class ChannelReads(Protocol):
    def by_slug(self, slug: str) -> ChannelView | None:
        """Compared without regard to case."""

    def page(self, *, q: str | None, before: ChannelId | None, limit: int) -> Sequence[ChannelView]:
        """Newest first, those made before one where it is given; ``q`` is part of slug or title."""

    def members(
        self, channel_id: ChannelId, *, after: ProfileId | None, limit: int
    ) -> Sequence[ChannelMemberView]:
        """HOST and active ADMINs by profile id, those after one where it is given."""
