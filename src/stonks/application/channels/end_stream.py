"""End a stream."""

from dataclasses import dataclass

from stonks.application.channels.ending import end_stream, live_stream
from stonks.application.channels.ports import ChannelsWork
from stonks.application.channels.rights import must_host_or_be_staff
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.stream import EndReason, not_live
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class EndStream:
    """HOST or SUPERADMIN takes a channel off air; ``NotFound`` (``not_live``) if it was off."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId) -> None:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            must_host_or_be_staff(work, channel, actor)
            stream = live_stream(work, channel.id)
            if stream is None:
                raise not_live()
            end_stream(work, stream, EndReason.ENDED, by=actor, at=self.now())
