"""Start a stream."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin, Clock, NewId, Pace
from stonks.domain.channels.stream import Stream, start_stream
from stonks.domain.ids import ChannelId, ProfileId, StreamId


@dataclass(frozen=True, slots=True)
class StartStream:
    """HOST puts the channel on air; others learn of it, and whether it is to be announced."""

    begin: Begin[ChannelsWork]
    pace: Pace
    now: Clock
    new_id: NewId

    def __call__(
        self, *, actor: ProfileId, channel_id: ChannelId, title: str | None = None
    ) -> Stream:
        """Raises as ``start_stream`` does, and ``Limited``; of several at once, one starts.

        Only what would start counts: an encoder may ask again and again while it is live.
        """
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            before = work.streams.last(channel.id)
            new_id, at = StreamId(self.new_id()), self.now()
            stream, started = start_stream(new_id, channel, before, title=title, by=actor, at=at)
            self.pace(actor)
            work.streams.add(stream)
            work.rooms.record(started)
            work.publish(started)
        return stream
