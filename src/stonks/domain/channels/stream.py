"""A stream and the rules of starting and ending it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from stonks.domain.channels.channel import LONGEST_TITLE, Channel
from stonks.domain.channels.events import StreamEnded, StreamStarted
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.ids import ChannelId, ProfileId, StreamId
from stonks.domain.text import clean

SOON = timedelta(minutes=10)
"""A stream that comes back sooner than this after the one before is not announced again."""


class EndReason(StrEnum):
    ENDED = "ended"
    SUSPENDED = "suspended"
    VANISHED = "vanished"


@dataclass(slots=True)
class Stream:
    """One broadcast of a channel, from going live to going dark.

    ``seen_at`` is the last sign of life of its HOST.
    """

    id: StreamId
    channel_id: ChannelId
    title: str
    started_at: datetime
    seen_at: datetime
    is_announced: bool
    ended_at: datetime | None = None
    end_reason: EndReason | None = None

    @property
    def is_live(self) -> bool:
        return self.ended_at is None

    def see(self, at: datetime) -> None:
        """The HOST is still there; a sign of life that comes late takes nothing back."""
        self.seen_at = max(self.seen_at, at)

    def end(self, reason: EndReason, *, by: ProfileId, at: datetime) -> StreamEnded:
        """Go dark; raises ``NotFound`` (``not_live``) where it is over."""
        if not self.is_live:
            raise not_live()
        self.ended_at, self.end_reason = max(at, self.started_at), reason
        return StreamEnded(self.channel_id, by, self.ended_at, self.id, reason)


def start_stream(
    stream_id: StreamId,
    channel: Channel,
    before: Stream | None,
    *,
    title: str | None,
    by: ProfileId,
    at: datetime,
) -> tuple[Stream, StreamStarted]:
    """A channel that goes live, and what came ``before``; its own title where none is given.

    Raises ``Forbidden`` (``host_only``, ``channel_suspended``), ``Invalid`` and ``Conflict``
    (``already_live``).
    """
    channel.must_be_hosted_by(by)
    channel.must_be_open()
    title = clean(channel.title if title is None else title, field="title", longest=LONGEST_TITLE)
    if before is not None and before.is_live:
        raise already_live()
    is_announced = before is None or _ended_long_ago(before, at)
    stream = Stream(stream_id, channel.id, title, at, at, is_announced)
    return stream, StreamStarted(channel.id, by, at, stream.id, title, is_announced)


def already_live() -> Conflict:
    return Conflict("already_live", "this channel is live already")


def not_live() -> NotFound:
    return NotFound("not_live", "this channel is not live")


def _ended_long_ago(stream: Stream, at: datetime) -> bool:
    return stream.ended_at is not None and at - stream.ended_at >= SOON
