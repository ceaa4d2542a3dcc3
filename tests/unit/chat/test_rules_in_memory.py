"""The rules of live chat on memory adapters."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.chat_rules import Chat, ChatRules, open_chat
from tests.contracts.town import SteppingClock, Town


class TestRulesInMemory(ChatRules):
    @pytest.fixture
    def chat(self, memory_container: Container) -> Chat:
        clock = SteppingClock()
        memory_container.now.override(clock)
        return open_chat(Town(memory_container, clock))
