"""The store of channels in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.channels import ChannelsStoreContract
from tests.contracts.town import SteppingClock, Town


class TestChannelsInMemory(ChannelsStoreContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        return Town(memory_container, SteppingClock())
