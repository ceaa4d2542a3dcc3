"""The store of webhooks on PostgreSQL."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_endpoints import EndpointsContract
from tests.contracts.webhook_turns import TurnsContract


@pytest.fixture
def town(real_container: Container) -> Town:
    with real_container.engine().begin() as connection:
        connection.exec_driver_sql("TRUNCATE outbox, webhook_attempts")
    return Town(real_container, SteppingClock())


class TestEndpointsOnPostgres(EndpointsContract):
    pass


class TestTurnsOnPostgres(TurnsContract):
    pass
