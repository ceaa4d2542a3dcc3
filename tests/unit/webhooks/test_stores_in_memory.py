"""The store of webhooks in memory."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_endpoints import EndpointsContract
from tests.contracts.webhook_turns import TurnsContract


@pytest.fixture
def town(memory_container: Container) -> Town:
    return Town(memory_container, SteppingClock())


class TestEndpointsInMemory(EndpointsContract):
    pass


class TestTurnsInMemory(TurnsContract):
    pass
