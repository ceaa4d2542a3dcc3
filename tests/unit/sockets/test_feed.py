"""Everybody in a room sees each entry once and in order, whatever the bus does."""

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stonks.adapters.wire.batches import Control, batch_of
from stonks.application.chat.ports import EntryView
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId, RoomId
from stonks.entrypoints.sockets.feed import RoomFeed
from stonks.entrypoints.sockets.replay import Replay

ROOM = RoomId(UUID(int=1))
ADA = Actor(ProfileId(UUID(int=2)), "ada", Role.HOST)
AT = datetime(2026, 1, 1, tzinfo=UTC)


class Reader:
    """A connection that is quick."""

    is_drained = True

    def __init__(self) -> None:
        self.stream = b""

    def when_drained(self, then: Callable[[], None]) -> None:
        then()

    def send(self, frames: bytes) -> None:
        self.stream += frames

    @property
    def seqs(self) -> list[int]:
        seen, rest = [], self.stream
        while rest:
            long = rest[1] == 126
            size = int.from_bytes(rest[2:4], "big") if long else rest[1]
            start = 4 if long else 2
            seen.append(json.loads(rest[start : start + size])["seq"])
            rest = rest[start + size :]
        return seen


class World:
    """A room's log, a feed on it, and time that passes when the test says so."""

    def __init__(self) -> None:
        self.log: list[Entry] = []
        self.timers: list[Callable[[], None]] = []
        self.controls: list[Control] = []
        self.is_down = False
        self.feed = RoomFeed(
            ROOM, self.after, self._bite, lambda job: job(), lambda _, act: self.timers.append(act)
        )

    def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[EntryView]:
        if self.is_down:
            raise Unavailable("store_unavailable", "the store is away")
        return [EntryView(entry) for entry in self.log[seq : seq + limit]]

    def grow(self, count: int, kind: EntryKind = EntryKind.MESSAGE, **data: object) -> list[Entry]:
        start = len(self.log) + 1
        fresh = [Entry(ROOM, seq, AT, kind, ADA, data) for seq in range(start, start + count)]
        self.log += fresh
        return fresh

    def join(self, after: int) -> Reader:
        reader, ends = Reader(), []
        replay = Replay(
            reader, self.feed, after, self.after, lambda job: job(), lambda: True, ends.append
        )
        replay.step()
        assert ends == [None]
        return reader

    def let_time_pass(self) -> None:
        while self.timers:
            self.timers.pop(0)()

    def _bite(self, room_id: RoomId, controls: Sequence[Control]) -> None:
        self.controls += controls


@settings(deadline=None)
@given(st.data())
def test_each_entry_once_and_in_order_though_batches_are_lost_late_and_doubled(
    data: st.DataObject,
) -> None:
    world = World()
    world.grow(data.draw(st.integers(0, 5)))
    world.feed.begin(len(world.log))
    readers: list[tuple[int, Reader]] = []
    on_the_way: list[list[Entry]] = []
    for _ in range(data.draw(st.integers(1, 30))):
        match data.draw(st.sampled_from(["post", "hear", "hear twice", "lose", "join", "wait"])):
            case "post":
                on_the_way.append(world.grow(data.draw(st.integers(1, 4))))
            case "hear" if on_the_way:
                which = data.draw(st.integers(0, len(on_the_way) - 1))
                world.feed.hear(batch_of(on_the_way.pop(which)))
            case "hear twice" if on_the_way:
                world.feed.hear(batch_of(data.draw(st.sampled_from(on_the_way))))
            case "lose" if on_the_way:
                on_the_way.pop()
            case "join":
                after = data.draw(st.integers(0, world.feed.position))
                readers.append((after, world.join(after)))
            case "wait":
                world.let_time_pass()
    world.feed.expect(len(world.log))  # what the sweep does
    world.let_time_pass()
    for after, reader in readers:
        assert reader.seqs == list(range(after + 1, len(world.log) + 1))


def test_a_hot_room_gathers_and_a_newcomer_gets_nothing_twice() -> None:
    world = World()
    world.feed.begin(0)
    first = world.join(0)
    for _ in range(200):
        world.feed.hear(batch_of(world.grow(1)))
    assert len(first.seqs) < 200
    late = world.join(world.feed.position)
    world.feed.hear(batch_of(world.grow(1)))
    world.let_time_pass()
    assert first.seqs == list(range(1, 202))
    assert late.seqs == [201]


def test_a_calm_room_does_not_wait() -> None:
    world = World()
    world.feed.begin(0)
    reader = world.join(0)
    world.feed.hear(batch_of(world.grow(1)))
    assert reader.seqs == [1]
    assert world.timers == []


@pytest.mark.parametrize("is_heard", [True, False])
def test_what_bites_does_so_whether_it_was_heard_or_read(is_heard: bool) -> None:
    world = World()
    world.feed.begin(0)
    ban = world.grow(1, EntryKind.MEMBER_BANNED, profileId="42")
    if is_heard:
        world.feed.hear(batch_of(ban))
    else:
        world.feed.expect(1)
        world.let_time_pass()
    assert world.controls == [Control("member_banned", "42")]


def test_a_store_that_is_away_is_asked_again() -> None:
    world = World()
    world.feed.begin(0)
    reader = world.join(0)
    world.grow(3)
    world.is_down = True
    world.feed.expect(3)
    world.let_time_pass()
    assert reader.seqs == []
    world.is_down = False
    world.feed.expect(3)
    world.let_time_pass()
    assert reader.seqs == [1, 2, 3]


def test_what_the_log_does_not_have_is_not_asked_for_for_ever() -> None:
    world = World()
    world.feed.begin(0)
    world.feed.expect(9)
    world.let_time_pass()
    assert world.feed.position == 0
    assert world.timers == []


def test_who_leaves_hears_no_more() -> None:
    world = World()
    world.feed.begin(0)
    reader = world.join(0)
    world.feed.leave(reader)
    world.feed.hear(batch_of(world.grow(1)))
    assert reader.seqs == []
    assert world.feed.is_empty
