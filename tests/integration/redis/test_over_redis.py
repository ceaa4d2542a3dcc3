"""Signals, announcements and notifications over Redis, and while there is none."""

import pytest

from stonks.adapters.redis.bus import RedisBus
from stonks.adapters.wire.bus import Bus
from tests.contracts.over_a_bus import (
    AnnounceOverABus,
    MakeEnds,
    SessionSignalsOverABus,
    TellOverABus,
)


@pytest.fixture
def ends(redis_url: str) -> MakeEnds:
    return lambda: (RedisBus(redis_url), RedisBus(redis_url))


@pytest.fixture
def lonely() -> Bus:
    return RedisBus("redis://127.0.0.1:1/0")


class TestSessionSignalsOverRedis(SessionSignalsOverABus):
    pass


class TestAnnounceOverRedis(AnnounceOverABus):
    pass


class TestTellOverRedis(TellOverABus):
    pass
