"""What anybody may read of channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.channels.ports import (
    ChannelMemberView,
    ChannelReads,
    ChannelView,
    StreamReads,
    StreamView,
)
from stonks.domain.channels.channel import is_slug
from stonks.domain.channels.stream import not_live
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, ProfileId, StreamId
from stonks.domain.text import clean

LONGEST_QUERY = 100


@dataclass(frozen=True, slots=True)
class ReadChannel:
    """One channel by slug; raises ``NotFound`` (``unknown_channel``)."""

    reads: ChannelReads

    def __call__(self, *, slug: str) -> ChannelView:
        channel = self.reads.by_slug(slug) if is_slug(slug) else None
        if channel is None:
            raise NotFound("unknown_channel", "there is no such channel")
        return channel


@dataclass(frozen=True, slots=True)
class ListChannels:
    """Channels, the newest first; ``q`` is looked for in slugs and titles.

    With ``is_live`` only those that are live, or only those that are not.
    """

    reads: ChannelReads

    def __call__(
        self,
        *,
        q: str | None = None,
        is_live: bool | None = None,
        before: ChannelId | None = None,
        limit: int,
    ) -> Sequence[ChannelView]:
        wanted = None if q is None else clean(q, field="q", longest=LONGEST_QUERY)
        return self.reads.page(q=wanted, is_live=is_live, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class ListMembers:
    """HOST and ADMINs of a channel."""

    reads: ChannelReads

    def __call__(
        self, *, channel_id: ChannelId, after: ProfileId | None = None, limit: int
    ) -> Sequence[ChannelMemberView]:
        return self.reads.members(channel_id, after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class ListStreams:
    """Streams of a channel, past and present, the newest first."""

    reads: StreamReads

    def __call__(
        self, *, channel_id: ChannelId, before: StreamId | None = None, limit: int
    ) -> Sequence[StreamView]:
        return self.reads.page(channel_id, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class ReadCurrentStream:
    """The stream that a channel has live; raises ``NotFound`` (``not_live``)."""

    reads: StreamReads

    def __call__(self, *, channel_id: ChannelId) -> StreamView:
        stream = self.reads.live(channel_id)
        if stream is None:
            raise not_live()
        return stream
