"""The chat's store in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.chat_store import ChatStoreContract
from tests.contracts.town import SteppingClock, Town


class TestStoreInMemory(ChatStoreContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        return Town(memory_container, SteppingClock())
