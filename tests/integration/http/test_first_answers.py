"""First answers on PostgreSQL."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.first_answers import FirstAnswersContract
from tests.contracts.town import SteppingClock, Town


class TestFirstAnswersOnPostgres(FirstAnswersContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())
