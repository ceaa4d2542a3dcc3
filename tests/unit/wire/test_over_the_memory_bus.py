"""Signals, announcements and notifications over the bus in memory."""

import pytest

from stonks.adapters.memory.bus import MemoryBus, MemoryExchange
from stonks.adapters.wire.bus import Bus
from tests.contracts.over_a_bus import (
    AnnounceOverABus,
    MakeEnds,
    SessionSignalsOverABus,
    TellOverABus,
)


@pytest.fixture
def ends() -> MakeEnds:
    exchange = MemoryExchange()
    return lambda: (MemoryBus(exchange), MemoryBus(exchange))


@pytest.fixture
def lonely() -> Bus:
    return MemoryBus()


class TestSessionSignalsInMemory(SessionSignalsOverABus):
    pass


class TestAnnounceInMemory(AnnounceOverABus):
    pass


class TestTellInMemory(TellOverABus):
    pass
