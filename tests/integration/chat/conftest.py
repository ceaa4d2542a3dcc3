"""A Stonks on PostgreSQL and Redis in this process."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from stonks.adapters.sealing import new_sealing_key
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.integration.servers import VAPID_KEY


@pytest.fixture
def real_container(postgres_url: str, redis_url: str, private_key: str) -> Iterator[Container]:
    """Empty of everything that a test before it left."""
    settings = Settings(
        database_url=postgres_url,
        redis_url=redis_url,
        token_private_key=private_key,
        vapid_private_key=VAPID_KEY,
        sealing_keys=(new_sealing_key(),),
        public_url="http://localhost:8000",
    )
    container = Container(settings=settings)
    with container.engine().begin() as connection:
        connection.execute(text('TRUNCATE "Profile", channels, rooms, entries CASCADE'))
    yield container
    container.engine().dispose()
    container.bus().close()
