"""Open a suspended channel again."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.channels.rights import must_be_staff
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class UnsuspendChannel:
    """SUPERADMIN ends a suspension. False where there was none."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId) -> bool:
        with self.begin() as work:
            must_be_staff(work, actor)
            channel = work.channels.lock(channel_id)
            unsuspended = channel.unsuspend(by=actor, at=self.now())
            if unsuspended:
                work.channels.save(channel)
                work.rooms.record(unsuspended)
        return unsuspended is not None
