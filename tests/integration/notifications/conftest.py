"""A town on PostgreSQL and Redis, without what a test before left waiting."""

import pytest
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.integration.chat.conftest import real_container

__all__ = ["real_container", "town"]

EMPTY = "TRUNCATE outbox, notices, notifications, fanouts, notification_batches, deliveries"


@pytest.fixture
def town(real_container: Container) -> Town:
    with real_container.engine().begin() as connection:
        connection.execute(text(EMPTY))
    return Town(real_container, SteppingClock())
