"""The log of a room: what happened, in order."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from stonks.domain.chat.role import Role
from stonks.domain.ids import ProfileId, RoomId


class EntryKind(StrEnum):
    MESSAGE = "message"
    MESSAGE_HIDDEN = "message_hidden"
    MESSAGES_CLEARED = "messages_cleared"
    MESSAGE_PINNED = "message_pinned"
    MESSAGE_UNPINNED = "message_unpinned"
    MEMBER_MUTED = "member_muted"
    MEMBER_UNMUTED = "member_unmuted"
    MEMBER_TIMED_OUT = "member_timed_out"
    MEMBER_BANNED = "member_banned"
    MEMBER_UNBANNED = "member_unbanned"
    ADMIN_SET = "admin_set"
    ADMIN_UNSET = "admin_unset"
    TITLE_CHANGED = "title_changed"
    DESCRIPTION_CHANGED = "description_changed"
    SLOW_MODE_CHANGED = "slow_mode_changed"
    FOLLOWERS_MODE_CHANGED = "followers_mode_changed"
    CHANNEL_SUSPENDED = "channel_suspended"
    CHANNEL_UNSUSPENDED = "channel_unsuspended"
    STREAM_STARTED = "stream_started"
    STREAM_ENDED = "stream_ended"
    MEMBER_JOINED = "member_joined"
    MEMBER_LEFT = "member_left"
    MEMBERS_COUNTED = "members_counted"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, and with which rank; who has left Stonks has no name any more."""

    profile_id: ProfileId
    username: str | None
    role: Role


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened in a room. ``seq`` counts 1..N in the room, without gaps.

    ``data`` is JSON-ready: ``text`` for a message; ``username`` (and ``profileId``) of the person
    that it was done to; what changed otherwise. A ``nonce`` is the sender's own name for it.
    """

    room_id: RoomId
    seq: int
    at: datetime
    kind: EntryKind
    actor: Actor
    data: Mapping[str, object] = field(default_factory=dict)
    nonce: str | None = None
