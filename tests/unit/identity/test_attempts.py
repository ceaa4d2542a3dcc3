"""Limits counted in memory, and closed where what is shared is away."""

import socket
from collections.abc import Callable
from time import monotonic

import pytest
from limits.errors import StorageError
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from stonks.adapters.limits import (
    LimitedAttempts,
    LimitedThrottle,
    Windows,
    memory_windows,
    redis_windows,
)
from stonks.adapters.limits.windows import SECONDS_APART
from stonks.application.ports import Limit
from stonks.domain.errors import Unavailable
from tests.contracts.attempts import AttemptsContract
from tests.contracts.throttle import ThrottleContract

STALLED = 0.05


class TestMemoryAttempts(AttemptsContract):
    @pytest.fixture
    def windows(self) -> Windows:
        return memory_windows()


class TestMemoryThrottle(ThrottleContract):
    @pytest.fixture
    def windows(self) -> Windows:
        return memory_windows()


def store_at(port: int) -> Redis:
    return Redis(host="127.0.0.1", port=port, retry=Retry(NoBackoff(), 0), socket_timeout=STALLED)


def refused(ask: Callable[[], object]) -> Unavailable:
    with pytest.raises(Unavailable) as refusal:
        ask()
    assert refusal.value.code == "limits_unavailable"
    assert refusal.value.retry_after == SECONDS_APART
    return refusal.value


def test_nobody_guesses_while_redis_is_away() -> None:
    windows = redis_windows(store_at(9))
    attempts, throttle = LimitedAttempts(windows), LimitedThrottle(windows)
    for ask in (
        lambda: attempts.log_in("mara", "192.0.2.1"),
        lambda: attempts.failed("mara", "192.0.2.1"),
        lambda: attempts.succeeded("mara", "192.0.2.1"),
        lambda: attempts.sign_up("192.0.2.1"),
        lambda: throttle(Limit("five", 5, 60), "mara"),
    ):
        refused(ask)


def test_a_redis_that_stalls_is_waited_for_once_and_not_by_everybody() -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        attempts = LimitedAttempts(redis_windows(store_at(mute.getsockname()[1])))
        refused(lambda: attempts.log_in("mara", "192.0.2.1"))
        started = monotonic()
        for _ in range(100):
            refused(lambda: attempts.log_in("mara", "192.0.2.1"))
        assert monotonic() - started < 100 * STALLED


def test_a_redis_that_is_back_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    windows = memory_windows()
    attempts = LimitedAttempts(windows)

    def away(*_: object) -> bool:
        raise StorageError(ConnectionError())

    with monkeypatch.context() as outage:
        outage.setattr(windows.limiter, "hit", away)
        refused(lambda: attempts.sign_up("192.0.2.1"))
    refused(lambda: attempts.sign_up("192.0.2.1"))
    windows._ask_again_at = 0
    attempts.sign_up("192.0.2.1")
