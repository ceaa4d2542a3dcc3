"""Each kind of entry has its type of event, and each type its data."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import msgspec
import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.webhooks.events import KINDS, TYPES, event_of
from stonks.adapters.webhooks.own_events import TestEvent, VerificationEvent
from stonks.adapters.webhooks.payloads import CHAT_EVENTS, ENDPOINT_EVENTS
from stonks.application.chat.ports import EntryView
from stonks.application.webhooks.ports import NewTest, NewVerification
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.ids import EndpointId, ProfileId, RoomId
from stonks.domain.webhooks.event_type import EventType

AT = datetime(2026, 1, 5, 20, 16, 4, 250_000, tzinfo=UTC)
ENDPOINT = EndpointId(UUID(int=7))
ALL = [*CHAT_EVENTS.values(), *ENDPOINT_EVENTS.values()]


def entry(kind: EntryKind, **data: object) -> EntryView:
    actor = Actor(ProfileId(new_id()), "mira", Role.MEMBER)
    return EntryView(Entry(RoomId(new_id()), 12, AT, kind, actor, data))


def test_every_kind_of_entry_is_a_type_of_event_and_no_other_is() -> None:
    assert set(TYPES) == set(EntryKind)
    assert set(KINDS) == set(CHAT_EVENTS) == set(EventType)
    assert TYPES[EntryKind.MESSAGE] is EventType.MESSAGE_POSTED
    rest = {kind: type_ for kind, type_ in TYPES.items() if kind is not EntryKind.MESSAGE}
    assert {kind: type_.value for kind, type_ in rest.items()} == {
        kind: f"chat.{kind.value}" for kind in rest
    }


def test_each_type_has_data_of_its_own() -> None:
    assert len(set(ALL)) == len(ALL)
    for struct in ALL:
        assert struct.__doc__
        assert struct.__doc__.startswith("Sent ")


@pytest.mark.parametrize("kind", EntryKind)
def test_what_an_old_entry_lacks_stops_nobody_from_being_told(kind: EntryKind) -> None:
    body = json.loads(event_of(entry(kind), "lounge").body)
    struct = CHAT_EVENTS[TYPES[kind]]
    assert [*body["data"]] == [field.encode_name for field in msgspec.structs.fields(struct)]


def test_what_an_entry_has_besides_is_not_told() -> None:
    event = event_of(entry(EntryKind.MESSAGE, text="hello", secret="of ours"), "lounge")
    assert b"secret" not in event.body
    assert b"hello" in event.body


def test_an_event_says_when_it_happened_in_utc() -> None:
    there = AT.astimezone(timezone(timedelta(hours=9)))
    view = EntryView(replace(entry(EntryKind.MESSAGE, text="hello").entry, at=there))
    body = json.loads(event_of(view, "lounge").body)
    assert body["timestamp"] == "2026-01-05T20:16:04.250Z"


def test_a_verification_brings_its_challenge() -> None:
    make: NewVerification = VerificationEvent(new_id)
    event = make(ENDPOINT, "lounge", "a challenge", AT)
    assert json.loads(event.body) == {
        "type": "webhook.verification",
        "timestamp": "2026-01-05T20:16:04.250Z",
        "data": {"channel": "lounge", "endpoint": str(ENDPOINT), "challenge": "a challenge"},
    }
    assert (event.type, event.seq) == ("webhook.verification", None)
    assert make(ENDPOINT, "lounge", "a challenge", AT).id != event.id


def test_a_test_names_its_endpoint() -> None:
    make: NewTest = TestEvent(lambda: UUID(int=9))
    event = make(ENDPOINT, "lounge", AT)
    assert json.loads(event.body) == {
        "type": "webhook.test",
        "timestamp": "2026-01-05T20:16:04.250Z",
        "data": {"channel": "lounge", "endpoint": str(ENDPOINT)},
    }
    assert (event.id, event.type, event.seq) == (f"evt_{9:032x}", "webhook.test", None)
