"""The log as receivers are told of it, in memory."""

import pytest

from stonks.adapters.memory.webhooks.events import MemoryEvents
from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_events import EventsContract


class TestEventsInMemory(EventsContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        clock = SteppingClock()
        memory_container.now.override(clock)
        return Town(memory_container, clock)

    @pytest.fixture
    def events(self, town: Town) -> MemoryEvents:
        return MemoryEvents(town.container.chat_reads())
