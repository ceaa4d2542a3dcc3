"""Leaving for good and taking one's data along, in memory."""

import pytest
from dependency_injector import providers
from flask import Flask

from stonks.entrypoints.container import Container
from tests.contracts.http import browser_of
from tests.contracts.identity_cases import MovableClock
from tests.contracts.leaving import Leaving, LeavingContract


class TestLeavingInMemory(LeavingContract):
    @pytest.fixture
    def leaving(self, memory_container: Container, app: Flask) -> Leaving:
        clock = MovableClock()
        memory_container.now.override(providers.Object(clock))
        return Leaving.settled(browser_of(memory_container, app), clock)
