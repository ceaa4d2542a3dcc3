"""The store of channels on PostgreSQL."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.channels import ChannelsStoreContract
from tests.contracts.town import SteppingClock, Town


class TestChannelsOnPostgres(ChannelsStoreContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())
