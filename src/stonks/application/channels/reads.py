"""What anybody may read of channels."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.channels.ports import ChannelMemberView, ChannelReads, ChannelView
from stonks.domain.channels.channel import is_slug
from stonks.domain.errors import NotFound
from stonks.domain.ids import ChannelId, ProfileId
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
    """Channels, the newest first; ``q`` is looked for in slugs and titles."""

    reads: ChannelReads

    def __call__(
        self, *, q: str | None = None, before: ChannelId | None = None, limit: int
    ) -> Sequence[ChannelView]:
        wanted = None if q is None else clean(q, field="q", longest=LONGEST_QUERY)
        return self.reads.page(q=wanted, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class ListMembers:
    """HOST and ADMINs of a channel."""

    reads: ChannelReads

    def __call__(
        self, *, channel_id: ChannelId, after: ProfileId | None = None, limit: int
    ) -> Sequence[ChannelMemberView]:
        return self.reads.members(channel_id, after=after, limit=limit)
