"""The rules of live chat on PostgreSQL and Redis."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.chat_rules import Chat, ChatRules, open_chat
from tests.contracts.town import SteppingClock, Town


class TestRulesOnPostgres(ChatRules):
    @pytest.fixture
    def chat(self, real_container: Container) -> Chat:
        clock = SteppingClock()
        real_container.now.override(clock)
        return open_chat(Town(real_container, clock))
