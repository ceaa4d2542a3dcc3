"""Who is told of as having come and gone, and when."""

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.domain.ids import ProfileId
from stonks.domain.presence.attendance import (
    COUNTS_EVERY,
    FEW,
    STAYS,
    Attendee,
    Look,
    Present,
    Register,
    look,
)
from tests.contracts.town import SteppingClock

PEOPLE = [ProfileId(UUID(int=number)) for number in range(FEW + 50)]
ADA, BOB, *_ = PEOPLE
CROWD = frozenset(PEOPLE[: FEW + 1])


@dataclass(slots=True)
class Watch:
    """One room, looked at again and again."""

    clock: SteppingClock = field(default_factory=SteppingClock)
    register: Register = field(default_factory=Register)
    looks: list[Look] = field(default_factory=list)

    def see(self, *people: ProfileId, after: float = 0) -> Look:
        return self.see_all(people, after=after)

    def see_all(self, people: Iterable[ProfileId], *, after: float = 0) -> Look:
        here = frozenset(people)
        self.clock.pass_(seconds=after)
        present = Present(len(here), here if len(here) <= FEW else None)
        self.looks.append(look(self.register, present, self.clock()))
        self.register = self.looks[-1].register
        return self.looks[-1]

    def said(self) -> set[ProfileId]:
        """Who is there, to somebody who believes the log."""
        believed: set[ProfileId] = set()
        for each in self.looks:
            assert believed.issuperset(each.left)
            believed.difference_update(each.left)
            assert believed.isdisjoint(each.joined)
            believed.update(each.joined)
        return believed

    def counts(self) -> list[int]:
        return [each.count for each in self.looks if each.count is not None]


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_who_is_there_for_half_a_minute_joined(watch: Watch) -> None:
    assert watch.see(ADA).is_quiet
    assert watch.see(ADA, after=29.9).is_quiet
    assert watch.see(ADA, BOB, after=0.1).joined == [ADA]
    assert watch.see(ADA, BOB, after=30).joined == [BOB]
    assert watch.see(ADA, BOB, after=3000).is_quiet


def test_who_is_gone_for_half_a_minute_left(watch: Watch) -> None:
    watch.see(ADA)
    watch.see(ADA, after=30)
    assert watch.see(after=10).is_quiet
    assert watch.see(after=29.9).is_quiet
    assert watch.see(after=0.1).left == [ADA]
    assert watch.register == Register()


def test_who_comes_back_begins_anew(watch: Watch) -> None:
    watch.see(ADA)
    watch.see(after=20)
    assert watch.register == Register()
    assert watch.see(ADA, after=10).is_quiet
    assert watch.see(ADA, after=29).is_quiet
    assert watch.see(ADA, after=1).joined == [ADA]
    watch.see(after=10)
    watch.see(ADA, after=20)
    assert watch.register.attendees == {ADA: Attendee(is_told=True)}
    assert watch.see(after=10).is_quiet
    assert watch.see(after=29).is_quiet


def test_a_clock_that_was_set_back_keeps_nobody_for_long(watch: Watch) -> None:
    watch.see(ADA)
    watch.see(ADA, after=-3600)
    assert watch.see(ADA, after=30).joined == [ADA]
    watch.see_all(CROWD)
    assert watch.see_all(PEOPLE, after=-3600).count == len(PEOPLE)


def test_of_two_hundred_each_is_told_of_and_of_one_more_how_many_they_are(watch: Watch) -> None:
    few = PEOPLE[:FEW]
    watch.see_all(few)
    assert watch.see_all(few, after=30).joined == few
    crowd = watch.see_all(CROWD, after=10)
    assert (crowd.left, crowd.joined, crowd.count) == ([], [], FEW + 1)
    assert watch.see_all(CROWD, after=60).is_quiet
    assert watch.see_all(PEOPLE, after=30).count == len(PEOPLE)


def test_counts_keep_their_distance(watch: Watch) -> None:
    watch.see_all(CROWD)
    assert watch.see_all(PEOPLE, after=29.9).is_quiet
    assert watch.see_all(PEOPLE, after=0.1).count == len(PEOPLE)


def test_after_a_crowd_one_count_says_how_many_are_left_and_then_each_is_told_of(
    watch: Watch,
) -> None:
    watch.see(ADA)
    watch.see(ADA, after=30)
    watch.see_all(CROWD, after=10)
    assert watch.see(BOB, after=10).is_quiet
    calm = watch.see(BOB, after=30)
    assert (calm.left, calm.joined, calm.count) == ([ADA], [BOB], 1)
    assert watch.see(BOB, after=30).is_quiet
    assert watch.counts() == [len(CROWD), 1]
    assert watch.said() == {BOB}


def test_nobody_stays_in_a_crowd_since_nobody_is_seen_there(watch: Watch) -> None:
    watch.see(ADA, BOB)
    watch.see(ADA, BOB, after=30)
    watch.see(ADA, PEOPLE[2], after=10)
    watch.see_all(CROWD, after=10)
    assert watch.register.attendees == {id_: Attendee(is_told=True) for id_ in (ADA, BOB)}
    back = watch.see(ADA, PEOPLE[2], after=60)
    assert (back.left, back.joined) == ([], [])
    back = watch.see(ADA, PEOPLE[2], after=30)
    assert (back.left, back.joined) == ([BOB], [PEOPLE[2]])


NAMES = st.sampled_from(PEOPLE[:5])
CROWDS = st.integers(FEW + 1, len(PEOPLE)).map(lambda size: frozenset(PEOPLE[:size]))
STEPS = st.lists(
    st.tuples(st.one_of(st.frozensets(NAMES), CROWDS), st.integers(0, 45)), max_size=30
)
FEW_STEPS = st.lists(st.tuples(st.frozensets(NAMES), st.integers(0, 45)), max_size=30)
Steps = Sequence[tuple[Set[ProfileId], int]]


def walk(steps: Steps) -> Watch:
    watch = Watch()
    for people, seconds in steps:
        watch.see_all(people, after=seconds)
    return watch


@given(STEPS)
def test_nobody_joins_twice_nor_leaves_before_they_joined(steps: Steps) -> None:
    walk(steps).said()  # asserts it, at each look


@given(STEPS, st.frozensets(NAMES))
def test_in_the_end_the_log_says_who_is_there_and_nothing_else_is_known(
    steps: Steps, last: Set[ProfileId]
) -> None:
    watch = walk(steps)
    watch.see_all(last, after=10)
    watch.see_all(last, after=STAYS.total_seconds())
    assert watch.said() == last
    assert watch.register.attendees == {id_: Attendee(is_told=True) for id_ in last}
    assert watch.register.counted is None
    assert watch.see_all(last, after=3000).is_quiet


@given(STEPS, CROWDS)
def test_in_the_end_the_log_says_how_many_a_crowd_are(steps: Steps, last: Set[ProfileId]) -> None:
    watch = walk(steps)
    watch.see_all(last, after=COUNTS_EVERY.total_seconds())
    assert watch.counts()[-1] == len(last)
    assert watch.see_all(last, after=3000).is_quiet


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 29)), max_size=30))
def test_who_flaps_is_not_told_of(flaps: Sequence[tuple[bool, int]]) -> None:
    """Bob stays; ada is never there, nor gone, for half a minute between two looks that say so."""
    watch = Watch()
    for is_here, seconds in flaps:
        watch.see_all([ADA, BOB] if is_here else [BOB], after=seconds)
        watch.see_all([BOB] if is_here else [ADA, BOB], after=0)
    assert not any(ADA in (*each.joined, *each.left) for each in watch.looks)


@given(FEW_STEPS)
def test_who_is_told_of_was_so_at_every_look_of_half_a_minute(steps: Steps) -> None:
    watch = Watch()
    seen: list[tuple[float, Set[ProfileId]]] = []
    for people, seconds in steps:
        now = watch.see_all(people, after=seconds)
        seen.append((watch.clock().timestamp(), people))
        assert all(_lasts(seen, id_, is_here=True) for id_ in now.joined)
        assert all(_lasts(seen, id_, is_here=False) for id_ in now.left)


def _lasts(seen: Sequence[tuple[float, Set[ProfileId]]], id_: ProfileId, *, is_here: bool) -> bool:
    now = seen[-1][0]
    for at, people in reversed(seen):
        if (id_ in people) is not is_here:
            return False
        if now - at >= STAYS.total_seconds():
            return True
    return False


@given(STEPS)
def test_no_two_counts_are_closer_than_half_a_minute(steps: Steps) -> None:
    watch, at = Watch(), list[float]()
    for people, seconds in steps:
        if watch.see_all(people, after=seconds).count is not None:
            at.append(watch.clock().timestamp())
    assert all(b - a >= COUNTS_EVERY.total_seconds() for a, b in pairwise(at))
