"""What channels need: their own store, and a place in their room's log."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.application.outbox.ports import Publish
from stonks.domain.channels.channel import Channel
from stonks.domain.channels.events import ChannelEvent
from stonks.domain.channels.stream import Stream
from stonks.domain.ids import ChannelId, ProfileId, RoomId, StreamId


class ChannelRepository(Protocol):
    def add(self, channel: Channel) -> None:
        """Raises ``Conflict`` (``slug_taken``); slugs are compared without regard to case."""

    def lock(self, channel_id: ChannelId) -> Channel:
        """The channel, held until the unit of work ends; ``NotFound`` (``unknown_channel``)."""

    def save(self, channel: Channel) -> None: ...

    def remove(self, channel_id: ChannelId) -> None:
        """Delete the channel, its streams and who its ADMINs were; its room is forgotten before."""


class AdminRepository(Protocol):
    def add(self, channel_id: ChannelId, profile_id: ProfileId, at: datetime) -> bool:
        """False where this person was an ADMIN already."""

    def remove(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        """False where this person was none."""

    def has(self, channel_id: ChannelId, profile_id: ProfileId) -> bool: ...


class StreamRepository(Protocol):
    """Streams of channels that this unit of work has locked."""

    def add(self, stream: Stream) -> None:
        """Raises ``Conflict`` (``already_live``) where the channel has a live one."""

    def last(self, channel_id: ChannelId) -> Stream | None:
        """The channel's newest stream, held until the unit of work ends; None without any."""

    def save(self, stream: Stream) -> None: ...

    def see(self, streams: Collection[StreamId], at: datetime) -> None:
        """Note a sign of life of live streams, in one statement and without their channels' locks.

        Never takes back a later one. Those that somebody else is changing may be left out.
        """


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
    @property
    def streams(self) -> StreamRepository: ...
    @property
    def publish(self) -> Publish: ...


class HostsOnline(Protocol):
    """Answered by presence."""

    def __call__(self, people: Collection[ProfileId]) -> Collection[ProfileId]:
        """Those of ``people`` who have a socket open, on any process.

        Raises ``Unavailable`` where that cannot be known; then nobody counts as gone.
        """


@dataclass(frozen=True, slots=True)
class LiveView:
    """The stream that a channel has live."""

    id: StreamId
    title: str
    started_at: datetime


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
    live: LiveView | None = None


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

    def page(
        self, *, q: str | None, is_live: bool | None = None, before: ChannelId | None, limit: int
    ) -> Sequence[ChannelView]:
        """Newest first, those made before one where it is given; ``q`` is part of slug or title.

        With ``is_live`` only those that are live, or only those that are not.
        """

    def members(
        self, channel_id: ChannelId, *, after: ProfileId | None, limit: int
    ) -> Sequence[ChannelMemberView]:
        """HOST and active ADMINs by profile id, those after one where it is given."""


@dataclass(frozen=True, slots=True)
class StreamView:
    """A stream as anybody may see it."""

    id: StreamId
    title: str
    started_at: datetime
    ended_at: datetime | None
    end_reason: str | None


@dataclass(frozen=True, slots=True)
class QuietStream:
    """A live stream of which nothing was seen for a while."""

    id: StreamId
    channel_id: ChannelId
    host_id: ProfileId


class StreamReads(Protocol):
    def page(
        self, channel_id: ChannelId, *, before: StreamId | None, limit: int
    ) -> Sequence[StreamView]:
        """Newest first, those started before one where it is given."""

    def live(self, channel_id: ChannelId) -> StreamView | None: ...

    def quiet(
        self, *, since: datetime, after: StreamId | None = None, limit: int
    ) -> Sequence[QuietStream]:
        """Live streams whose HOST was last seen ``since`` then or before, by id.

        Those after one where it is given. Streams of inactive HOSTs are unknown here as well.
        """
