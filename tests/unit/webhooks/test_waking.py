"""Which endpoints the relay makes due, and when."""

from collections.abc import Collection
from dataclasses import dataclass, field

import pytest

from stonks.adapters.clock import new_id
from stonks.domain.ids import RoomId
from stonks.entrypoints.work.relay import PAUSE, SWEEP_EVERY, Relay, Stopping
from tests.unit.notifications.test_relay import Told

ROOM = RoomId(new_id())


@dataclass(slots=True)
class Waking:
    """A relay, its clock, the rooms that have news, and which it had woken."""

    at: float = 0.0
    takes: float = 0.0
    heard: set[RoomId] = field(default_factory=set)
    woken: list[Collection[RoomId] | None] = field(default_factory=list)
    relay: Relay = field(init=False)

    def __post_init__(self) -> None:
        self.relay = Relay(
            "",
            Told({}),
            lambda job, times=1: None,
            Stopping(),
            lambda: self.at,
            wake=self._wake,
            news=lambda: self.heard,
        )

    def _wake(self, rooms: Collection[RoomId] | None) -> None:
        self.woken.append(rooms)
        self.at += self.takes

    def look(self, after: float = 0.0) -> list[Collection[RoomId] | None]:
        self.at += after
        self.woken.clear()
        self.relay.look()
        return self.woken


@pytest.fixture
def waking() -> Waking:
    found = Waking()
    assert found.look() == [None]
    return found


def test_it_wakes_all_in_each_sweep(waking: Waking) -> None:
    assert waking.look(SWEEP_EVERY) == [None]


def test_in_between_it_wakes_those_that_have_news_and_nobody_where_there_are_none(
    waking: Waking,
) -> None:
    assert waking.look(SWEEP_EVERY / 4) == []
    waking.heard = {ROOM}
    assert waking.look(SWEEP_EVERY / 4) == [{ROOM}]


def test_where_it_takes_long_to_wake_all_that_comes_less_often_and_news_do_not() -> None:
    slow = Waking(takes=SWEEP_EVERY)
    assert slow.look() == [None]
    slow.takes = 0.0
    slow.heard = {ROOM}
    assert slow.look(PAUSE * SWEEP_EVERY - 0.1) == [{ROOM}]
    assert slow.look(0.1) == [None]
    assert slow.look(SWEEP_EVERY) == [None]
