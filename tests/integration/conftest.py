"""Real PostgreSQL, real Redis, real processes."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from redis import Redis

from stonks.entrypoints.keys import new_private_key
from tests.integration.servers import RunningServer, Servers
from tests.integration.stores import TEMPLATE, TestStores, test_stores

numbers = count(1)


@pytest.fixture(scope="session")
def stores() -> Iterator[TestStores]:
    """One PostgreSQL and one Redis for the whole session."""
    with test_stores() as found:
        yield found


@pytest.fixture(scope="session")
def private_key() -> str:
    """The key by which all servers of a session sign tokens."""
    return new_private_key()


@pytest.fixture(scope="module")
def postgres_url(stores: TestStores) -> Iterator[str]:
    """A migrated, empty database of this module's own."""
    name = f"stonks_test_{next(numbers)}"
    yield stores.make(name, template=TEMPLATE)
    stores.drop(name)


@pytest.fixture(scope="module")
def empty_postgres_url(stores: TestStores) -> Iterator[str]:
    """A database without a schema."""
    name = f"stonks_empty_{next(numbers)}"
    yield stores.make(name)
    stores.drop(name)


@pytest.fixture(scope="module")
def redis_url(stores: TestStores) -> str:
    """A Redis that was emptied for this module."""
    with Redis.from_url(stores.redis) as client:
        client.flushdb()
    return stores.redis


@pytest.fixture(scope="module")
def servers_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("servers")


@pytest.fixture
def serve(postgres_url: str, redis_url: str, private_key: str, tmp_path: Path) -> Iterator[Servers]:
    """``serve(**settings)`` starts a real server, which ends with the test."""
    servers = Servers(postgres_url, redis_url, private_key, tmp_path)
    yield servers
    servers.end()


@pytest.fixture(scope="module")
def two_servers(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[tuple[RunningServer, RunningServer]]:
    """Two server processes on the same stores, for a whole module."""
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers(), servers()
    finally:
        servers.end()
