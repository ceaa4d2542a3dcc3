"""One example of each type of event, made by what makes those that are sent."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from uuid import UUID

from stonks.adapters.webhooks.events import TYPES, event_of
from stonks.adapters.webhooks.own_events import TestEvent, VerificationEvent
from stonks.adapters.webhooks.signing import StandardSign
from stonks.application.chat.ports import EntryView
from stonks.application.webhooks.ports import Event
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.ids import EndpointId, ProfileId, RoomId
from stonks.domain.webhooks.event_type import TEST, VERIFICATION

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"
SECRET = b"nobody's: it signs examples only"
_CHANNEL = "adas-garden"
_SEQ = 42
_AT = datetime(2026, 11, 20, 18, 30, 0, 125_000, tzinfo=UTC)
_ROOM = RoomId(UUID("0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c01"))
_ENDPOINT = EndpointId(UUID("0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c07"))
_EVENT = UUID("0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c08")
_GRACE = "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c06"
_ADA = Actor(ProfileId(UUID("0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c02")), "ada", Role.HOST)
_MEMBER = Actor(ProfileId(UUID(_GRACE)), "grace", Role.MEMBER)
_STAFF = Actor(ProfileId(UUID("0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c09")), "mary", Role.SUPERADMIN)
_WHOM = {"profileId": _GRACE, "username": "grace"}
_STREAM = {"streamId": "0193a6f4-7c1e-7d3a-9b1c-2f5e8a7d6c05"}
_CHALLENGE = "q0mF3vXo1sVwJ8b4Yk2nTQ"

_ACTORS: Mapping[EntryKind, Actor] = {
    EntryKind.MESSAGE: _MEMBER,
    EntryKind.CHANNEL_SUSPENDED: _STAFF,
    EntryKind.CHANNEL_UNSUSPENDED: _STAFF,
    EntryKind.MEMBER_JOINED: _MEMBER,
    EntryKind.MEMBER_LEFT: _MEMBER,
}
_DATA: Mapping[EntryKind, Mapping[str, object]] = {
    EntryKind.MESSAGE: {"text": "Are those tulips?"},
    EntryKind.MESSAGE_HIDDEN: {"seq": 41},
    EntryKind.MESSAGES_CLEARED: {**_WHOM, "hidden": 3},
    EntryKind.MESSAGE_PINNED: {"seq": 41},
    EntryKind.MESSAGE_UNPINNED: {},
    EntryKind.MEMBER_MUTED: _WHOM,
    EntryKind.MEMBER_UNMUTED: _WHOM,
    EntryKind.MEMBER_TIMED_OUT: {
        **_WHOM,
        "seconds": 600,
        "until": "2026-11-20T18:40:00.125Z",
        "reason": "too loud",
    },
    EntryKind.MEMBER_BANNED: {**_WHOM, "reason": "advertising", "hidden": 3},
    EntryKind.MEMBER_UNBANNED: {**_WHOM, "shown": 3},
    EntryKind.ADMIN_SET: _WHOM,
    EntryKind.ADMIN_UNSET: _WHOM,
    EntryKind.TITLE_CHANGED: {"title": "Planting tulips"},
    EntryKind.DESCRIPTION_CHANGED: {"description": "All about bulbs."},
    EntryKind.SLOW_MODE_CHANGED: {"seconds": 30},
    EntryKind.FOLLOWERS_MODE_CHANGED: {"seconds": 600},
    EntryKind.CHANNEL_SUSPENDED: {"reason": "under review"},
    EntryKind.CHANNEL_UNSUSPENDED: {},
    EntryKind.STREAM_STARTED: {**_STREAM, "title": "Planting tulips"},
    EntryKind.STREAM_ENDED: {**_STREAM, "reason": "ended"},
    EntryKind.MEMBER_JOINED: {},
    EntryKind.MEMBER_LEFT: {},
    EntryKind.MEMBERS_COUNTED: {"count": 128},
}


def _told(kind: EntryKind) -> Event:
    entry = Entry(_ROOM, _SEQ, _AT, kind, _ACTORS.get(kind, _ADA), _DATA[kind])
    return event_of(EntryView(entry), _CHANNEL)


EXAMPLES: Mapping[str, Event] = {
    **{type_.value: _told(kind) for kind, type_ in TYPES.items()},
    VERIFICATION: VerificationEvent(lambda: _EVENT)(_ENDPOINT, _CHANNEL, _CHALLENGE, _AT),
    TEST: TestEvent(lambda: _EVENT)(_ENDPOINT, _CHANNEL, _AT),
}
"""By type."""


def example_headers(type_: str) -> Mapping[str, str]:
    """What comes with the example, a second later; ``SECRET`` verifies it."""
    event, at = EXAMPLES[type_], _AT + timedelta(seconds=1)
    return {
        ID: event.id,
        TIMESTAMP: str(int(at.timestamp())),
        SIGNATURE: StandardSign()([SECRET], event.id, at, event.body),
    }
