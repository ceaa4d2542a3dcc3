"""Suspend a channel."""

from dataclasses import dataclass

from stonks.application.channels.ending import end_stream, live_stream
from stonks.application.channels.ports import ChannelsWork
from stonks.application.channels.rights import must_be_staff
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.stream import EndReason
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class SuspendChannel:
    """SUPERADMIN closes a channel to streams, messages and commands. False where it was so.

    What is live ends with it.
    """

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId, reason: str = "") -> bool:
        with self.begin() as work:
            must_be_staff(work, actor)
            channel, at = work.channels.lock(channel_id), self.now()
            suspended = channel.suspend(reason, by=actor, at=at)
            if suspended:
                work.channels.save(channel)
                if (stream := live_stream(work, channel.id)) is not None:
                    end_stream(work, stream, EndReason.SUSPENDED, by=actor, at=at)
                work.rooms.record(suspended)
        return suspended is not None
