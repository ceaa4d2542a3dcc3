"""What HOSTs do with their webhooks, in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_managing import ManagingContract


class TestManagingInMemory(ManagingContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        return Town(memory_container, SteppingClock())
