"""How much is done: a little in the suite, much more by ``make soak``."""

import os

import pytest


@pytest.fixture(scope="session")
def times() -> int:
    """How often each fault is injected."""
    return int(os.environ.get("STONKS_TEST_SOAK", "1"))
