"""First answers in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.first_answers import FirstAnswersContract
from tests.contracts.town import SteppingClock, Town


class TestFirstAnswersInMemory(FirstAnswersContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        return Town(memory_container, SteppingClock())
