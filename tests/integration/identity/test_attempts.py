"""Limits counted in Redis."""

import pytest
from redis import Redis

from stonks.adapters.limits import LimitedAttempts, LimitedThrottle, Windows, redis_windows
from stonks.domain.errors import Limited
from tests.contracts.attempts import AttemptsContract, guess, until_limited
from tests.contracts.throttle import FIVE, ThrottleContract


class TestRedisAttempts(AttemptsContract):
    @pytest.fixture
    def windows(self, redis_url: str) -> Windows:
        redis = Redis.from_url(redis_url)
        redis.flushdb()
        return redis_windows(redis)

    def test_all_processes_count_together(self, windows: Windows, redis_url: str) -> None:
        until_limited(lambda: guess(LimitedAttempts(windows), "mara", "192.0.2.1"))
        elsewhere = LimitedAttempts(redis_windows(Redis.from_url(redis_url)))
        with pytest.raises(Limited):
            elsewhere.log_in("mara", "192.0.2.1")

    def test_what_people_type_is_not_kept(self, windows: Windows, redis_url: str) -> None:
        guess(LimitedAttempts(windows), "a-password-in-the-wrong-field", "192.0.2.1")
        keys = b" ".join(Redis.from_url(redis_url).keys("*"))
        assert keys
        assert b"wrong-field" not in keys


class TestRedisThrottle(ThrottleContract):
    @pytest.fixture
    def windows(self, redis_url: str) -> Windows:
        redis = Redis.from_url(redis_url)
        redis.flushdb()
        return redis_windows(redis)

    def test_whom_a_key_names_is_not_kept(self, windows: Windows, redis_url: str) -> None:
        LimitedThrottle(windows)(FIVE, "mara@example.org", "192.0.2.1")
        keys = b" ".join(Redis.from_url(redis_url).keys("*"))
        assert keys
        assert b"mara" not in keys
        assert b"192.0.2.1" not in keys
