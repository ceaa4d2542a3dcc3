"""What receivers are told of."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from stonks.domain.errors import Invalid


class EventType(StrEnum):
    """Of a room's log, ``chat.`` and what happened."""

    MESSAGE_POSTED = "chat.message_posted"
    MESSAGE_HIDDEN = "chat.message_hidden"
    MESSAGES_CLEARED = "chat.messages_cleared"
    MESSAGE_PINNED = "chat.message_pinned"
    MESSAGE_UNPINNED = "chat.message_unpinned"
    MEMBER_MUTED = "chat.member_muted"
    MEMBER_UNMUTED = "chat.member_unmuted"
    MEMBER_TIMED_OUT = "chat.member_timed_out"
    MEMBER_BANNED = "chat.member_banned"
    MEMBER_UNBANNED = "chat.member_unbanned"
    ADMIN_SET = "chat.admin_set"
    ADMIN_UNSET = "chat.admin_unset"
    TITLE_CHANGED = "chat.title_changed"
    DESCRIPTION_CHANGED = "chat.description_changed"
    SLOW_MODE_CHANGED = "chat.slow_mode_changed"
    FOLLOWERS_MODE_CHANGED = "chat.followers_mode_changed"
    CHANNEL_SUSPENDED = "chat.channel_suspended"
    CHANNEL_UNSUSPENDED = "chat.channel_unsuspended"
    STREAM_STARTED = "chat.stream_started"
    STREAM_ENDED = "chat.stream_ended"
    MEMBER_JOINED = "chat.member_joined"
    MEMBER_LEFT = "chat.member_left"
    MEMBERS_COUNTED = "chat.members_counted"


VERIFICATION = "webhook.verification"
"""Asks an endpoint whether it wants to be one; in no log."""
TEST = "webhook.test"
"""Sent when a HOST asks for it; in no log."""
ATTENDANCE = frozenset({EventType.MEMBER_JOINED, EventType.MEMBER_LEFT, EventType.MEMBERS_COUNTED})
"""Who comes and goes, which is written down only where somebody wants to know."""


def event_types(names: Iterable[str]) -> Sequence[EventType]:
    """The types of these names, each once and in the order in which they are declared.

    None at all stands for every one, those to come included. Raises ``Invalid``
    (``unknown_event_type``).
    """
    wanted = set(names)
    unknown = sorted(wanted - set(EventType))
    if unknown:
        reason = f"{unknown[0]!r} is no type of event"
        raise Invalid("unknown_event_type", reason, errors={"eventTypes": [reason]})
    return tuple(type_ for type_ in EventType if type_ in wanted)


def wants_attendance(types: Sequence[str]) -> bool:
    return not types or not ATTENDANCE.isdisjoint(types)
