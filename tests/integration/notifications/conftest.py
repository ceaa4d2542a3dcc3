"""A town on PostgreSQL and Redis, without what a test before left waiting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.integration.chat.conftest import real_container
from tests.integration.notifications.works import Works, working

__all__ = ["real_container", "town"]

EMPTY = "TRUNCATE outbox, notices, notifications, fanouts, notification_batches, deliveries"


@pytest.fixture
def town(real_container: Container) -> Town:
    with real_container.engine().begin() as connection:
        connection.execute(text(EMPTY))
    return Town(real_container, SteppingClock())


@pytest.fixture(scope="module")
def works(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[Works]:
    """Shared by the tests of a module: each has a crowd of its own."""
    with working(postgres_url, redis_url, private_key, servers_folder) as works:
        yield works
