"""Suspend a channel."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.channels.rights import must_be_staff
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class SuspendChannel:
    """SUPERADMIN closes a channel to streams, messages and commands. False where it was so."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId, reason: str = "") -> bool:
        with self.begin() as work:
            must_be_staff(work, actor)
            channel = work.channels.lock(channel_id)
            suspended = channel.suspend(reason, by=actor, at=self.now())
            if suspended:
                work.channels.save(channel)
                work.rooms.record(suspended)
        return suspended is not None
