"""What the relay hears of rooms that have endpoints."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from threading import Event

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.memory.bus import MemoryBus, MemoryExchange
from stonks.adapters.wire.bus import OnControl, OnReset, OnRoom
from stonks.domain.ids import RoomId
from stonks.entrypoints.work.news import News

PATIENCE = 10.0
HERE, ELSEWHERE = RoomId(new_id()), RoomId(new_id())


@dataclass(slots=True, eq=False)
class SaysWhenItHears(MemoryBus):
    begun: Event = field(default_factory=Event)

    def listen(self, on_room: OnRoom, on_control: OnControl, on_reset: OnReset) -> None:
        MemoryBus.listen(self, on_room, on_control, self.begun.set)


@dataclass(slots=True)
class Hearing:
    """News on one end of a bus, and who speaks on another."""

    exchange: MemoryExchange = field(default_factory=MemoryExchange)
    rooms: set[RoomId] = field(default_factory=lambda: {HERE})
    nudges: int = 0
    news: News = field(init=False)

    def __post_init__(self) -> None:
        bus = SaysWhenItHears(self.exchange)
        self.news = News(bus, lambda: self.rooms, self.nudge)
        self.news.start()
        assert bus.begun.wait(PATIENCE)
        self.news.look()

    def nudge(self) -> None:
        self.nudges += 1

    def speak(self, *rooms: RoomId) -> None:
        MemoryBus(self.exchange).publish([(room, b"") for room in rooms])


@pytest.fixture
def hearing() -> Iterator[Hearing]:
    found = Hearing()
    yield found
    found.news.close()


def test_it_hears_of_rooms_that_have_endpoints_and_of_no_others(hearing: Hearing) -> None:
    hearing.speak(HERE, ELSEWHERE)
    assert hearing.news.take() == {HERE}
    assert hearing.news.take() == set()


def test_it_nudges_once_until_it_is_asked(hearing: Hearing) -> None:
    hearing.speak(HERE, HERE, HERE)
    assert hearing.nudges == 1
    hearing.news.take()
    hearing.speak(HERE)
    assert hearing.nudges == 2


def test_it_follows_what_rooms_have_endpoints(hearing: Hearing) -> None:
    hearing.rooms = {ELSEWHERE}
    hearing.news.look()
    hearing.speak(HERE, ELSEWHERE)
    assert hearing.news.take() == {ELSEWHERE}
