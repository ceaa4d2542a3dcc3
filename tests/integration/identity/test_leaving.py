"""Leaving for good and taking one's data along, on PostgreSQL; also with very many messages."""

import tracemalloc
from collections.abc import Callable, Iterator

import pytest
from dependency_injector import providers
from sqlalchemy import insert

from stonks.adapters.postgres.tables.chat import entries
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.http import browser_of
from tests.contracts.identity_cases import MovableClock
from tests.contracts.leaving import Leaving, LeavingContract
from tests.integration.servers import VAPID_KEY

MANY = 20_000
EMPTIED = '"Profile", channels, rooms, entries, audit, loose_media'


@pytest.fixture
def leaving(postgres_url: str, redis_url: str, private_key: str) -> Iterator[Leaving]:
    """In a database that is empty, and with limits that nobody meets."""
    settings = Settings(
        database_url=postgres_url,
        redis_url=redis_url,
        token_private_key=private_key,
        vapid_private_key=VAPID_KEY,
        public_url="http://localhost:8000",
        media_url="memory:",
        limits_scale=1000,
    )
    container, clock = Container(settings=settings), MovableClock()
    container.now.override(providers.Object(clock))
    with container.engine().begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {EMPTIED} CASCADE")
    yield Leaving.settled(browser_of(container), clock)
    container.engine().dispose()
    container.bus().close()


class TestLeavingOnPostgres(LeavingContract):
    many = 1_100


def test_memory_stays_flat_however_much_is_exported(
    leaving: Leaving, times: Callable[[int], int]
) -> None:
    box, many = leaving.browser.container, times(MANY)
    room, row = box.find_room()(slug="harbour"), {"kind": "message", "data": {"text": "x" * 200}}
    common = {"room_id": room, "actor_id": leaving.mara, "actor_role": 0, "at": leaving.clock()}
    with box.engine().begin() as connection:
        for start in range(0, many, 1_000):
            rows = [row | common | {"seq": 100 + start + number} for number in range(1_000)]
            connection.execute(insert(entries), rows)
    response = leaving.browser.ask("GET", "/profiles/me/export", "mara")
    tracemalloc.start()
    try:
        size = sum(map(len, response.iter_encoded()))
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert size > many * 200
    assert peak < 6_000_000
