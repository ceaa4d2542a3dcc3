"""Open a channel."""

from dataclasses import dataclass

from stonks.application.channels.ports import ChannelsWork
from stonks.application.ports import Begin, Clock, NewId
from stonks.domain.channels.channel import Channel, open_channel
from stonks.domain.errors import Forbidden
from stonks.domain.ids import ChannelId, ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class OpenChannel:
    """A new channel with its live room; who opens it is its HOST."""

    begin: Begin[ChannelsWork]
    now: Clock
    new_id: NewId

    def __call__(
        self, *, actor: ProfileId, slug: str, title: str, description: str = ""
    ) -> Channel:
        """Raises ``Invalid``, ``Forbidden`` (``may_not_open_channels``) and ``Conflict``
        (``slug_taken``).
        """
        channel = open_channel(
            ChannelId(self.new_id()),
            slug=slug,
            title=title,
            description=description,
            host_id=actor,
            at=self.now(),
        )
        with self.begin() as work:
            if not work.people.get(actor).may_open_channels:
                raise Forbidden("may_not_open_channels", "your account may not open channels")
            work.channels.add(channel)
            work.rooms.open(channel, RoomId(self.new_id()))
        return channel
