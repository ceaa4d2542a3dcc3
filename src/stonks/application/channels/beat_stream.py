"""Say that the HOST is still there."""

from dataclasses import dataclass

from stonks.application.channels.ending import live_stream
from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.stream import not_live
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class BeatStream:
    """A sign of life of the HOST's encoder; ``NotFound`` (``not_live``) tells it to stop."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId) -> None:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            channel.must_be_hosted_by(actor)
            stream = live_stream(work, channel.id)
            if stream is None:
                raise not_live()
            stream.see(self.now())
            work.streams.save(stream)
