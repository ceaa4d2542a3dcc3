"""The same on PostgreSQL and Redis, which see what memory does not: NUL, sizes, encodings."""

from collections.abc import Iterator

import pytest

from stonks.adapters.sealing import new_sealing_key
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.documents import operations, written
from tests.contracts.fuzzing import Fuzzed
from tests.contracts.http import browser_of
from tests.integration.servers import VAPID_KEY


@pytest.fixture(scope="module")
def fuzzed(postgres_url: str, redis_url: str, private_key: str) -> Iterator[Fuzzed]:
    settings = Settings(
        database_url=postgres_url,
        redis_url=redis_url,
        token_private_key=private_key,
        vapid_private_key=VAPID_KEY,
        sealing_keys=(new_sealing_key(),),
        public_url="http://localhost:8000",
        limits_scale=1_000_000,
    )
    container = Container(settings=settings)
    yield Fuzzed.settled(browser_of(container))
    container.engine().dispose()
    container.bus().close()


@pytest.mark.parametrize("operation", [found.id for found in operations(written())])
def test_no_request_breaks(fuzzed: Fuzzed, operation: str) -> None:
    fuzzed.fuzz(operation)
