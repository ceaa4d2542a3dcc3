"""Messages, and what becomes of them."""

from typing import Annotated

from msgspec import Meta

from stonks.adapters.webhooks.payloads.base import ChatEvent
from stonks.adapters.webhooks.payloads.fields import MessageSeq, PersonId, PersonName


class MessagePosted(ChatEvent, frozen=True, gc=False):
    """Sent for each message that was written, by whoever is the actor.

    One that is hidden by the time it is sent keeps its place, without its text.
    """

    text: Annotated[str | None, Meta(description="What was written; null where it is hidden.")]
    hidden: Annotated[bool, Meta(description="Whether it is hidden by now.")] = False


class MessageHidden(ChatEvent, frozen=True, gc=False):
    """Sent when a message was hidden, by its author or by a moderator: show it no longer."""

    message_seq: MessageSeq


class MessagesCleared(ChatEvent, frozen=True, gc=False):
    """Sent when a moderator hid all messages of one person that were not hidden yet."""

    profile_id: PersonId
    username: PersonName
    hidden: Annotated[int, Meta(ge=0, description="How many messages were hidden.")]


class MessagePinned(ChatEvent, frozen=True, gc=False):
    """Sent when a message was pinned, in place of whichever was pinned before."""

    message_seq: MessageSeq


class MessageUnpinned(ChatEvent, frozen=True, gc=False):
    """Sent when no message is pinned any more, also because the one that was is hidden."""
