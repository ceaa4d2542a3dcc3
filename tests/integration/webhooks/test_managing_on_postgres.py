"""What HOSTs do with their webhooks, on PostgreSQL."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_managing import ManagingContract


class TestManagingOnPostgres(ManagingContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())
