"""What happens to the channel."""

from typing import Annotated, Literal

from msgspec import Meta

from stonks.adapters.webhooks.payloads.base import ChatEvent
from stonks.adapters.webhooks.payloads.fields import Reason, StreamId


class TitleChanged(ChatEvent, frozen=True, gc=False):
    """Sent when the channel has another title."""

    title: Annotated[str, Meta(description="The title that it has now.")]


class DescriptionChanged(ChatEvent, frozen=True, gc=False):
    """Sent when the channel has another description."""

    description: Annotated[str, Meta(description="The description that it has now; or empty.")]


class SlowModeChanged(ChatEvent, frozen=True, gc=False):
    """Sent when slow mode was set or ended."""

    seconds: Annotated[
        int | None,
        Meta(description="How long a member waits between two messages; null where it is off."),
    ]


class FollowersModeChanged(ChatEvent, frozen=True, gc=False):
    """Sent when followers-only mode was set or ended."""

    seconds: Annotated[
        int | None,
        Meta(description="For how long one has followed who may write; null where it is off."),
    ]


class ChannelSuspended(ChatEvent, frozen=True, gc=False):
    """Sent when a SUPERADMIN closed the channel: nobody writes, and what is live ends."""

    reason: Reason


class ChannelUnsuspended(ChatEvent, frozen=True, gc=False):
    """Sent when a SUPERADMIN opened the channel again."""


class StreamStarted(ChatEvent, frozen=True, gc=False):
    """Sent when the channel went live."""

    stream_id: StreamId
    title: Annotated[str, Meta(description="What the stream is called.")]


class StreamEnded(ChatEvent, frozen=True, gc=False):
    """Sent when the channel is no longer live."""

    stream_id: StreamId
    reason: Annotated[
        Literal["ended", "suspended", "vanished"],
        Meta(
            description="Somebody ended it, the channel was suspended, or whoever was streaming"
            " was not heard of any more."
        ),
    ]
