"""A town in memory, whose clock the test moves."""

import pytest
from dependency_injector import providers

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town


@pytest.fixture
def town(memory_container: Container) -> Town:
    clock = SteppingClock()
    memory_container.now.override(providers.Object(clock))
    return Town(memory_container, clock)
