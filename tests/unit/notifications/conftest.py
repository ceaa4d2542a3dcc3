"""A Stonks in memory behind its HTTP door."""

import pytest
from flask import Flask

from stonks.entrypoints.container import Container
from tests.contracts.http import Browser, browser_of


@pytest.fixture
def browser(memory_container: Container, app: Flask) -> Browser:
    return browser_of(memory_container, app)
