"""Which channel somebody sees who asks for none."""

from typing import TYPE_CHECKING

from stonks.domain.errors import NotFound

if TYPE_CHECKING:
    from stonks.application.channels.ports import ChannelView
    from stonks.entrypoints.container import Container

LOUNGE = "lounge"
NEIGHBOURS = 8


def channel_of(container: "Container", slug: str) -> "ChannelView | None":
    try:
        return container.read_channel()(slug=slug)
    except NotFound:
        return None


def front_channel(container: "Container") -> "ChannelView | None":
    """The lounge, or else the newest channel that is live, or else the newest; None without any."""
    return channel_of(container, LOUNGE) or next(iter(neighbours(container)), None)


def neighbours(container: "Container") -> "list[ChannelView]":
    """A few channels: those that are live before the others, and the newest of each first."""
    listed = container.list_channels()
    live, newest = listed(is_live=True, limit=NEIGHBOURS), listed(limit=NEIGHBOURS)
    return [*live, *(channel for channel in newest if channel.live is None)][:NEIGHBOURS]
