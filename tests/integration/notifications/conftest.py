"""A town on PostgreSQL and Redis, without what a test before left waiting."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.integration.chat.conftest import real_container
from tests.integration.notifications.works import Works, working
from tests.integration.stores import TEMPLATE, TestStores

__all__ = ["real_container", "town"]

OURS = "stonks_told"
EMPTY = "TRUNCATE outbox, notices, notifications, fanouts, notification_batches, deliveries"


@pytest.fixture
def town(real_container: Container) -> Town:
    with real_container.engine().begin() as connection:
        connection.execute(text(EMPTY))
    return Town(real_container, SteppingClock())


@pytest.fixture(scope="package")
def works(
    stores: TestStores, private_key: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Works]:
    """Shared by all who tell a crowd: each has one of its own."""
    url, folder = stores.make(OURS, template=TEMPLATE), tmp_path_factory.mktemp("works")
    with working(url, stores.redis, private_key, folder) as works:
        yield works
    stores.drop(OURS)
