"""Change what a channel says of itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from stonks.application.channels.ports import ChannelsWork
from stonks.application.channels.rights import must_run
from stonks.application.ports import Begin, Clock
from stonks.domain.channels.channel import Channel
from stonks.domain.channels.events import ChannelEvent
from stonks.domain.ids import ChannelId, ProfileId


@dataclass(frozen=True, slots=True)
class ChangeChannel:
    """Set title or description, or both; HOST and ADMINs may. Answers whether it changed."""

    begin: Begin[ChannelsWork]
    now: Clock

    def __call__(
        self,
        *,
        actor: ProfileId,
        channel_id: ChannelId,
        title: str | None = None,
        description: str | None = None,
    ) -> bool:
        with self.begin() as work:
            channel = work.channels.lock(channel_id)
            must_run(work, channel, actor)
            events = list(_apply(channel, actor, self.now(), title, description))
            work.channels.save(channel)
            for event in events:
                work.rooms.record(event)
        return bool(events)


def _apply(
    channel: Channel, by: ProfileId, at: datetime, title: str | None, description: str | None
) -> Iterator[ChannelEvent]:
    if title is not None and (retitled := channel.retitle(title, by=by, at=at)):
        yield retitled
    if description is not None and (described := channel.describe(description, by=by, at=at)):
        yield described
