"""How a stream ends, whoever ends it."""

from datetime import datetime

from stonks.application.channels.ports import ChannelsWork
from stonks.domain.channels.stream import EndReason, Stream
from stonks.domain.ids import ChannelId, ProfileId


def live_stream(work: ChannelsWork, channel_id: ChannelId) -> Stream | None:
    """The live stream of a locked channel."""
    last = work.streams.last(channel_id)
    return last if last is not None and last.is_live else None


def end_stream(
    work: ChannelsWork, stream: Stream, reason: EndReason, *, by: ProfileId, at: datetime
) -> None:
    """End it, tell so in the room's log, and have other contexts learn of it."""
    ended = stream.end(reason, by=by, at=at)
    work.streams.save(stream)
    work.rooms.record(ended)
    work.publish(ended)
