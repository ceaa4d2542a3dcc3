"""Attempts counted in memory, also where what is shared is away."""

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from stonks.adapters.limits import LimitedAttempts, Windows, memory_windows, redis_windows
from tests.contracts.attempts import AttemptsContract, guess, until_limited


class TestMemoryAttempts(AttemptsContract):
    @pytest.fixture
    def windows(self) -> Windows:
        return memory_windows()


def test_attempts_are_limited_while_redis_is_away() -> None:
    nowhere = Redis(host="127.0.0.1", port=9, retry=Retry(NoBackoff(), 0))
    attempts = LimitedAttempts(redis_windows(nowhere))
    count, _ = until_limited(lambda: guess(attempts, "mara", "192.0.2.1"))
    assert count == 10
