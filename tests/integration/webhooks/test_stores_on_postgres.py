"""The store of webhooks on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from stonks.application.webhooks.ports import HostedChannel
from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_endpoints import EndpointsContract
from tests.contracts.webhook_stores import read, webhooks
from tests.contracts.webhook_turns import TurnsContract


@pytest.fixture
def town(real_container: Container) -> Town:
    with real_container.engine().begin() as connection:
        connection.exec_driver_sql("TRUNCATE outbox, webhook_attempts")
    return Town(real_container, SteppingClock())


class TestEndpointsOnPostgres(EndpointsContract):
    def test_whoever_looks_at_a_channel_waits_for_nobody(
        self, town: Town, channel: HostedChannel
    ) -> None:
        with webhooks(town) as work, ThreadPoolExecutor(1) as threads:
            work.channels.lock(channel.id)
            assert threads.submit(read, town, channel.id).result(30) == channel


class TestTurnsOnPostgres(TurnsContract):
    pass
