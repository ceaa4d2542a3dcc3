"""The log as receivers are told of it, in memory."""

import pytest

from stonks.adapters.memory.webhooks.events import MemoryEvents
from stonks.domain.webhooks.event_type import EventType
from stonks.entrypoints.container import Container
from tests.contracts.chat_rules import open_chat
from tests.contracts.documents import conforms, written
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_events import EventsContract, do_everything, told


class TestEventsInMemory(EventsContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        clock = SteppingClock()
        memory_container.now.override(clock)
        return Town(memory_container, clock)

    @pytest.fixture
    def events(self, town: Town) -> MemoryEvents:
        return MemoryEvents(town.container.chat_reads())

    def test_whatever_is_told_is_as_it_is_documented(
        self, town: Town, events: MemoryEvents
    ) -> None:
        chat, openapi = open_chat(town), written()
        do_everything(chat)
        bodies = told(events.after(chat.room, 0, (), 1000).events)
        assert {body["type"] for body in bodies} == set(EventType)
        for body in bodies:
            described = openapi["webhooks"][body["type"]]["post"]["requestBody"]
            conforms(openapi, described["content"]["application/json"]["schema"], body)
