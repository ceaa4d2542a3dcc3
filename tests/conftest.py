"""What all tests share."""

import os
from collections.abc import Callable

import pytest


@pytest.fixture(scope="session")
def times() -> Callable[[int], int]:
    """``times(50)`` is 50 in the suite, and STONKS_TEST_SOAK times as much in ``make soak``."""
    factor = int(os.environ.get("STONKS_TEST_SOAK", "1"))
    return lambda small: small * factor
