"""Whatever the document allows or forbids, nothing breaks, and the answer is a described one."""

import pytest

from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import Settings
from tests.contracts.documents import operations, written
from tests.contracts.fuzzing import Fuzzed
from tests.contracts.http import browser_of


@pytest.fixture(scope="module")
def fuzzed(private_key: str) -> Fuzzed:
    settings = Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url="http://localhost:8000",
        token_private_key=private_key,
        limits_scale=1_000_000,
    )
    return Fuzzed.settled(browser_of(Container(settings=settings)))


@pytest.mark.parametrize("operation", [found.id for found in operations(written())])
def test_no_request_breaks(fuzzed: Fuzzed, operation: str) -> None:
    fuzzed.fuzz(operation)
