"""What happened to a channel."""

from dataclasses import dataclass
from datetime import datetime

from stonks.domain.ids import ChannelId, ProfileId, StreamId


@dataclass(frozen=True, slots=True)
class ChannelEvent:
    """Something that ``by`` did to a channel."""

    channel_id: ChannelId
    by: ProfileId
    at: datetime


@dataclass(frozen=True, slots=True)
class TitleChanged(ChannelEvent):
    title: str


@dataclass(frozen=True, slots=True)
class DescriptionChanged(ChannelEvent):
    description: str


@dataclass(frozen=True, slots=True)
class AdminSet(ChannelEvent):
    profile_id: ProfileId
    username: str


@dataclass(frozen=True, slots=True)
class AdminUnset(ChannelEvent):
    profile_id: ProfileId
    username: str


@dataclass(frozen=True, slots=True)
class ChannelSuspended(ChannelEvent):
    reason: str


@dataclass(frozen=True, slots=True)
class ChannelUnsuspended(ChannelEvent):
    pass


@dataclass(frozen=True, slots=True)
class StreamStarted(ChannelEvent):
    """``is_announced``: whether followers are told; a stream that came back soon was told of."""

    stream_id: StreamId
    title: str
    is_announced: bool


@dataclass(frozen=True, slots=True)
class StreamEnded(ChannelEvent):
    """``reason``: ``ended`` by somebody, ``suspended`` with its channel, ``vanished`` its host."""

    stream_id: StreamId
    reason: str
