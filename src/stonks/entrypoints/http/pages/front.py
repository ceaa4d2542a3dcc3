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
    """The lounge, or else the newest channel; None where there is none."""
    return channel_of(container, LOUNGE) or next(iter(newest(container)), None)


def newest(container: "Container") -> "list[ChannelView]":
    return [*container.list_channels()(q=None, before=None, limit=NEIGHBOURS)]
