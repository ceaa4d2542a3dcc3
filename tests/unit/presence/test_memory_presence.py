"""Presence in memory."""

import pytest

from stonks.adapters.memory.presence import MemoryPresence
from tests.contracts.presence import MakePresence, PresenceContract
from tests.contracts.town import SteppingClock


class TestMemoryPresence(PresenceContract):
    @pytest.fixture
    def make_presence(self, clock: SteppingClock) -> MakePresence:
        one = MemoryPresence(clock)
        return lambda process: MemoryPresence(clock, process, one.seen)
