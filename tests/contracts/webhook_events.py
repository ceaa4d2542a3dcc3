"""What every store promises of a room's log as receivers are told of it."""

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Event as Signal
from typing import Any

import pytest

from stonks.adapters.clock import new_id
from stonks.application.chat.ports import EntryView, Hidden
from stonks.application.webhooks.ports import Event, Events
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from stonks.domain.times import rfc3339
from stonks.domain.webhooks.event_type import EventType
from tests.contracts.chat_rules import Chat, open_chat
from tests.contracts.chat_store import held
from tests.contracts.town import START, Town

WINDOW = 2000
WRITERS, BATCHES, IN_A_BATCH = 8, 10, 3
OTHER_NAMES = {EntryKind.MESSAGE_HIDDEN, EntryKind.MESSAGE_PINNED}
ATTENDANCE: Sequence[tuple[EntryKind, dict[str, object]]] = (
    (EntryKind.MEMBER_JOINED, {}),
    (EntryKind.MEMBERS_COUNTED, {"count": 12}),
    (EntryKind.MEMBER_LEFT, {}),
)
ROLES = {Role.MEMBER: "member", Role.ADMIN: "ADMIN", Role.HOST: "HOST"}
ROLES[Role.SUPERADMIN] = "SUPERADMIN"


def told(events: Sequence[Event]) -> list[Any]:
    """What a receiver reads."""
    return [json.loads(event.body) for event in events]


def write(town: Town, room: RoomId, who: ProfileId, *kinds: EntryKind) -> None:
    """Entries of these kinds; a message is named for its place."""
    with town.container.begin_chat()() as work:
        found = held(work, room)
        person = work.participants.of([(room, who)])[room, who]
        work.log.append(
            [
                found.record(kind, by=person, at=town.clock(), data={"text": f"{number}"})
                for number, kind in enumerate(kinds, found.last_seq + 1)
            ]
        )


def do_everything(chat: Chat) -> None:
    """Whatever ends up in the log of a room: all of it by whoever does it in earnest."""
    town, people, channel = chat.town, chat.people, chat.channel
    lines = [
        *('/set title "Zürich \\ 🎈"', '/set description "Words <b>"', "/slow 30s", "/slow off"),
        *("/followers 10m", "/followers off", "/pin 1", "/unpin", "/pin 1", "/delete 1"),
        *("/timeout @bob 10m being loud", "/unmute @bob", "/mute @bob", "/unmute @bob"),
        *("/ban @bob being rude", "/unban @bob", "/unset admin @admin"),
    ]
    for line in lines:
        town.clock.pass_(milliseconds=1234)
        assert chat.do("HOST", line) == ""
    chat.say("member", "one of two")
    chat.say("member", "two of two")
    assert chat.do("HOST", "/clear @member") == ""
    town.container.start_stream()(actor=people["HOST"], channel_id=channel, title="On air")
    assert chat.do("SUPERADMIN", "/suspend for a test") == ""
    assert chat.do("SUPERADMIN", "/unsuspend") == ""
    with town.container.begin_chat()() as work:
        room = held(work, chat.room)
        for kind, data in ATTENDANCE:
            who = people["HOST" if kind is EntryKind.MEMBERS_COUNTED else "member"]
            person = work.participants.of([(chat.room, who)])[chat.room, who]
            work.log.append([room.record(kind, by=person, at=town.clock(), data=data)])


def expected(view: EntryView) -> dict[str, object]:
    """What is told of an entry of the channel ``lounge``."""
    entry, name = view.entry, view.entry.kind.value
    data = dict(entry.data)
    if entry.kind in OTHER_NAMES:
        data["messageSeq"] = data.pop("seq")
    if entry.kind is EntryKind.MESSAGE:
        name, data = "message_posted", {"text": entry.data["text"], "hidden": False}
        if view.hidden is not None:
            data = {"text": None, "hidden": True}
    actor = {
        "id": str(entry.actor.profile_id),
        "username": entry.actor.username,
        "role": ROLES[entry.actor.role],
    }
    common = {"channel": "lounge", "room": str(entry.room_id), "seq": entry.seq, "actor": actor}
    return {"type": f"chat.{name}", "timestamp": rfc3339(entry.at), "data": common | data}


class EventsContract:
    """``Events``. Subclasses give ``town`` and ``events``."""

    @pytest.fixture
    def host(self, town: Town) -> ProfileId:
        return town.person("host")

    @pytest.fixture
    def lounge(self, town: Town, host: ProfileId) -> tuple[ChannelId, RoomId]:
        return town.channel("lounge", host)

    @pytest.fixture
    def room(self, lounge: tuple[ChannelId, RoomId]) -> RoomId:
        return lounge[1]

    def test_every_kind_of_entry_is_told_with_every_field(self, town: Town, events: Events) -> None:
        chat = open_chat(town)
        do_everything(chat)
        views = town.container.chat_reads().after(chat.room, 0, 1000)
        assert {view.entry.kind for view in views} == set(EntryKind)
        run = events.after(chat.room, 0, (), 1000)
        assert told(run.events) == [expected(view) for view in views]
        assert {event.type for event in run.events} == set(EventType)
        for event, body in zip(run.events, told(run.events), strict=True):
            assert event.type == body["type"]
            assert event.seq == body["data"]["seq"]
            assert event.id == f"evt_{chat.room.hex}_{event.seq}"
        assert run.position == len(views)

    def test_the_same_event_is_the_same_byte_by_byte(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        write(town, room, host, EntryKind.MESSAGE)
        assert events.after(room, 0, (), 10) == events.after(room, 0, (), 10)

    def test_a_hidden_message_keeps_its_place_without_its_text(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        with town.container.begin_chat()() as work:
            held(work, room)
            actor = Actor(host, "host", Role.HOST)
            secret = Entry(room, 1, START, EntryKind.MESSAGE, actor, {"text": "my address is"})
            work.log.append([secret, replace(secret, seq=2, data={"text": "hello"})])
            work.log.hide(room, 1, Hidden.DELETED)
        run = events.after(room, 0, [EventType.MESSAGE_POSTED], 10)
        assert b"address" not in run.events[0].body
        shown = [(body["data"]["text"], body["data"]["hidden"]) for body in told(run.events)]
        assert shown == [(None, True), ("hello", False)]

    def test_who_left_has_no_name_any_more(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        ada = town.person("ada")
        write(town, room, ada, EntryKind.MESSAGE)
        assert told(events.after(room, 0, (), 10).events)[0]["data"]["actor"]["username"] == "ada"
        with town.container.begin_identity()() as work:
            profile = work.profiles.lock_named("ada")
            profile.deactivate(at=town.clock())
            work.profiles.save(profile)
        (body,) = told(events.after(room, 0, (), 10).events)
        assert body["data"]["actor"] == {"id": str(ada), "username": None, "role": "member"}
        assert body["data"]["text"] == "1"

    def test_only_what_is_asked_for_is_told(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        kinds = [EntryKind.MESSAGE, EntryKind.MEMBER_JOINED, EntryKind.MEMBER_LEFT]
        write(town, room, host, *kinds, *kinds, EntryKind.MEMBER_JOINED)
        run = events.after(room, 0, [EventType.MEMBER_LEFT, EventType.MESSAGE_POSTED], 10)
        assert [event.seq for event in run.events] == [1, 3, 4, 6]
        assert run.position == 7
        run = events.after(room, 0, [EventType.TITLE_CHANGED], 10)
        assert (list(run.events), run.position) == ([], 7)

    def test_events_come_in_runs_that_follow_each_other(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        write(town, room, host, *[EntryKind.MESSAGE] * 10)
        position, runs = 0, []
        while (run := events.after(room, position, (), 4)).events:
            runs.append([event.seq for event in run.events])
            assert run.position == runs[-1][-1]
            position = run.position
        assert runs == [[1, 2, 3, 4], [5, 6, 7, 8], [9, 10]]
        assert (list(run.events), run.position) == ([], 10)

    def test_a_full_run_of_a_filter_ends_with_its_last_event(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        write(town, room, host, *[EntryKind.MESSAGE, EntryKind.MEMBER_JOINED] * 3)
        run = events.after(room, 0, [EventType.MESSAGE_POSTED], 2)
        assert [event.seq for event in run.events] == [1, 3]
        assert run.position == 3
        run = events.after(room, 3, [EventType.MESSAGE_POSTED], 2)
        assert [event.seq for event in run.events] == [5]
        assert run.position == 6

    def test_no_more_than_a_window_of_the_log_is_looked_at(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        write(town, room, host, *[EntryKind.MESSAGE] * (WINDOW - 1), EntryKind.MEMBER_LEFT)
        write(town, room, host, *[EntryKind.MESSAGE] * 3, EntryKind.MEMBER_JOINED)
        joined, left = [EventType.MEMBER_JOINED], [EventType.MEMBER_LEFT]
        run = events.after(room, 0, joined, 50)
        assert (list(run.events), run.position) == ([], WINDOW)
        run = events.after(room, run.position, joined, 50)
        assert [event.seq for event in run.events] == [WINDOW + 4]
        assert run.position == WINDOW + 4
        run = events.after(room, run.position, joined, 50)
        assert (list(run.events), run.position) == ([], WINDOW + 4)
        run = events.after(room, 0, left, 50)
        assert [event.seq for event in run.events] == [WINDOW]

    def test_there_is_nothing_of_a_room_that_is_gone(
        self, town: Town, events: Events, host: ProfileId, lounge: tuple[ChannelId, RoomId]
    ) -> None:
        channel, room = lounge
        write(town, room, host, EntryKind.MESSAGE)
        town.container.delete_channel()(actor=host, channel_id=channel)
        for gone in (room, RoomId(new_id())):
            run = events.after(gone, 0, (), 10)
            assert (list(run.events), run.position) == ([], 0)
            assert events.after(gone, 7, (), 10).position == 7

    def test_nothing_of_another_room_is_told(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        _, other = town.channel("elsewhere", host)
        write(town, other, host, *[EntryKind.MESSAGE] * 3)
        assert list(events.after(room, 0, (), 10).events) == []
        (first, *_) = told(events.after(other, 0, (), 10).events)
        assert (first["data"]["channel"], first["data"]["room"]) == ("elsewhere", str(other))

    def test_times_are_told_to_the_millisecond(
        self, town: Town, events: Events, host: ProfileId, room: RoomId
    ) -> None:
        town.clock.at = START + timedelta(microseconds=250_999)
        write(town, room, host, EntryKind.MESSAGE)
        (body,) = told(events.after(room, 0, (), 10).events)
        assert body["timestamp"] == "2026-01-01T12:00:00.250Z"

    @pytest.mark.parametrize("types", [(), (EventType.MESSAGE_POSTED,)])
    def test_nothing_is_passed_over_while_others_write(
        self,
        town: Town,
        events: Events,
        host: ProfileId,
        room: RoomId,
        types: Sequence[EventType],
    ) -> None:
        is_over = Signal()
        kinds = [EntryKind.MESSAGE, EntryKind.MEMBER_JOINED, EntryKind.MESSAGE][:IN_A_BATCH]

        def go_on_writing() -> None:
            for _ in range(BATCHES):
                write(town, room, host, *kinds)

        def read() -> list[int | None]:
            seen: list[int | None] = []
            position, is_last = 0, False
            while True:
                run = events.after(room, position, types, 7)
                seen += [event.seq for event in run.events]
                if not run.events and run.position == position:
                    if is_last:
                        return seen
                    is_last = is_over.is_set()
                position = run.position

        with ThreadPoolExecutor(WRITERS + 1) as threads:
            reading = threads.submit(read)
            for writing in [threads.submit(go_on_writing) for _ in range(WRITERS)]:
                writing.result()
            is_over.set()
            seen = reading.result()
        views = town.container.chat_reads().after(room, 0, 10_000)
        assert len(views) == WRITERS * BATCHES * IN_A_BATCH
        wanted = {EntryKind.MESSAGE} if types else set(EntryKind)
        assert seen == [view.entry.seq for view in views if view.entry.kind in wanted]
