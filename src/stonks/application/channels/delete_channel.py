"""Delete a channel."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class DeleteChannel:
    """HOST deletes the channel with its room, log and streams, also while suspended or live."""

    begin: Begin[ChannelsWork]

    def __call__(self, *, actor: ProfileId, channel_id: ChannelId) -> None:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            channel.must_be_hosted_by(actor)
            work.rooms.close(channel.id)
            work.channels.remove(channel.id)
