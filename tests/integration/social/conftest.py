"""A town on PostgreSQL, whose clock the test moves."""

import pytest
from dependency_injector import providers
from sqlalchemy import text

from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.integration.chat.conftest import real_container

__all__ = ["real_container"]


@pytest.fixture
def town(real_container: Container) -> Town:
    clock = SteppingClock()
    real_container.now.override(providers.Object(clock))
    with real_container.engine().begin() as connection:
        connection.execute(text("TRUNCATE outbox"))
    return Town(real_container, clock)
