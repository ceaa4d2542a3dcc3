"""A Stonks in memory behind its HTTP door."""

import pytest
from flask import Flask

from stonks.entrypoints.container import Container
from stonks.entrypoints.keys import new_private_key
from stonks.entrypoints.settings import Settings
from tests.contracts.http import Browser, browser_of


@pytest.fixture
def browser(memory_container: Container, app: Flask) -> Browser:
    return browser_of(memory_container, app)


@pytest.fixture(scope="module")
def lasting_browser() -> Browser:
    """One for all tests of a module, of which none leaves a trace."""
    settings = Settings(
        database_url="memory:",
        redis_url="memory:",
        public_url="http://localhost:8000",
        token_private_key=new_private_key(),
        limits_scale=1_000_000,
    )
    return browser_of(Container(settings=settings))
