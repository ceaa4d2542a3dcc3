"""What is done to members, and who comes and goes."""

from typing import Annotated

from msgspec import Meta

from stonks.adapters.webhooks.payloads.base import ChatEvent
from stonks.adapters.webhooks.payloads.fields import PersonId, PersonName, Reason, Time


class PersonEvent(ChatEvent, frozen=True, gc=False):
    """What was done to somebody."""

    profile_id: PersonId
    username: PersonName


class MemberMuted(PersonEvent, frozen=True, gc=False):
    """Sent when somebody was muted: they read, but write nothing until they are unmuted."""


class MemberUnmuted(PersonEvent, frozen=True, gc=False):
    """Sent when somebody may write again because a moderator said so.

    Nothing is sent when a timeout is over.
    """


class MemberTimedOut(PersonEvent, frozen=True, gc=False):
    """Sent when somebody was muted for a while."""

    seconds: Annotated[int, Meta(ge=1, description="For how long.")]
    until: Annotated[Time, Meta(description="When they may write again.")]
    reason: Reason


class MemberBanned(PersonEvent, frozen=True, gc=False):
    """Sent when somebody was banned, which hides all their messages."""

    reason: Reason
    hidden: Annotated[int, Meta(ge=0, description="How many messages were hidden by it.")]


class MemberUnbanned(PersonEvent, frozen=True, gc=False):
    """Sent when somebody was let in again, which shows what their ban hid."""

    shown: Annotated[int, Meta(ge=0, description="How many messages are shown again.")]


class AdminSet(PersonEvent, frozen=True, gc=False):
    """Sent when the HOST made somebody an ADMIN of the channel."""


class AdminUnset(PersonEvent, frozen=True, gc=False):
    """Sent when somebody ceased to be an ADMIN of the channel."""


class MemberJoined(ChatEvent, frozen=True, gc=False):
    """Sent when the actor came into the room, signed in, and has stayed for half a minute.

    Who comes and goes is written down only while an active endpoint of the channel asks for it.
    In a room with more than some 200 people nobody is told of by name: see
    ``chat.members_counted``.
    """


class MemberLeft(ChatEvent, frozen=True, gc=False):
    """Sent when the actor has been out of the room for half a minute, by all their connections.

    Whoever is back before that has not left. Written down as ``chat.member_joined`` is.
    """


class MembersCounted(ChatEvent, frozen=True, gc=False):
    """Sent when there are too many people in the room to tell of each, and their number changed.

    At most every 30 seconds; the actor is the HOST, in whose name they are counted. Written down
    as ``chat.member_joined`` is.
    """

    count: Annotated[int, Meta(ge=0, description="How many people who are signed in are there.")]
