"""The bus on a real Redis, and what it does when Redis goes away."""

from threading import Thread
from time import monotonic

import pytest
from redis import Redis

from stonks.adapters.redis.bus import DROPPED, RedisBus
from stonks.adapters.wire.bus import Bus
from tests.contracts.bus import ROOM, BusContract, Ear, eventually


class TestRedisBus(BusContract):
    @pytest.fixture(autouse=True)
    def _redis(self, redis_url: str) -> None:
        self.url = redis_url

    def ends(self) -> tuple[Bus, Bus]:
        return RedisBus(self.url), RedisBus(self.url)

    def test_a_lost_connection_is_made_again_with_its_rooms_and_told(self) -> None:
        here, there = map(Ear, self.ends())
        with here.listening(), there.listening():
            assert there.bus.subscribe(ROOM)
            Redis.from_url(self.url).client_kill_filter(_type="pubsub")
            assert eventually(lambda: there.resets == 2)
            assert there.bus.subscribe(ROOM)
            here.bus.publish([(ROOM, b"again")])
            assert eventually(lambda: bool(there.rooms))
        assert there.rooms == [(ROOM, b"again")]

    def test_a_room_wanted_while_redis_is_away_is_heard_once_it_is_back(self) -> None:
        here, there = map(Ear, self.ends())
        asked: list[bool] = []
        asking = Thread(target=lambda: asked.append(there.bus.subscribe(ROOM)))
        asking.start()
        with here.listening(), there.listening():
            asking.join(5)
            assert asked == [True]
            here.bus.publish([(ROOM, b"heard")])
            assert eventually(lambda: bool(there.rooms))


def test_without_redis_publishing_is_dropped_counted_and_quick() -> None:
    bus, before = RedisBus("redis://127.0.0.1:1/0"), DROPPED._value.get()
    started = monotonic()
    for _ in range(1000):
        bus.publish([(ROOM, b"nobody hears")])
    assert monotonic() - started < 1
    assert DROPPED._value.get() == before + 1000
    assert not bus.subscribe(ROOM)
