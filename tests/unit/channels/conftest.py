"""A town in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town


@pytest.fixture
def town(memory_container: Container) -> Town:
    return Town(memory_container, SteppingClock())
