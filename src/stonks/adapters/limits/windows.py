"""Moving windows that all processes share, or that one has to itself."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from limits import RateLimitItem
from limits.errors import StorageError
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import Redis

from stonks.domain.errors import Unavailable

Answer = TypeVar("Answer")
SECONDS_APART = 2.0  # a store that stalls is not waited for at each question


@dataclass(slots=True)
class Windows:
    """Count events in moving windows.

    Everything raises ``Unavailable`` (``limits_unavailable``) where the store is away: at once
    where that was noticed within the last ``SECONDS_APART``
    (``docs/adr/0012-limits.md``).
    """

    limiter: MovingWindowRateLimiter
    _ask_again_at: float = 0

    def hit(self, limit: RateLimitItem, *key: str) -> bool:
        """Count one event; False, and it does not count, where the window is full."""
        return self._ask(lambda: self.limiter.hit(limit, *key))

    def has_room(self, limit: RateLimitItem, *key: str) -> bool:
        return self._ask(lambda: self.limiter.test(limit, *key))

    def is_empty(self, limit: RateLimitItem, *key: str) -> bool:
        return self._ask(lambda: self.limiter.test(limit, *key, cost=limit.amount))

    def clear(self, limit: RateLimitItem, *key: str) -> None:
        self._ask(lambda: self.limiter.clear(limit, *key))

    def seconds_left(self, limit: RateLimitItem, *key: str) -> float:
        """Until the oldest event of the window is forgotten."""
        reset = self._ask(lambda: self.limiter.get_window_stats(limit, *key).reset_time)
        return max(reset - time.time(), 1.0)

    def _ask(self, question: Callable[[], Answer]) -> Answer:
        if time.monotonic() < self._ask_again_at:
            raise _away()
        try:
            return question()
        except StorageError as error:
            self._ask_again_at = time.monotonic() + SECONDS_APART
            raise _away() from error


def _away() -> Unavailable:
    return Unavailable("limits_unavailable", "try again in a moment", retry_after=SECONDS_APART)


def memory_windows() -> Windows:
    """Windows of this process."""
    return Windows(MovingWindowRateLimiter(MemoryStorage()))


def redis_windows(redis: Redis) -> Windows:
    """Windows of all processes that use this Redis."""
    storage = RedisStorage(
        "redis://",  # names the protocol alone: the pool knows the way
        connection_pool=redis.connection_pool,
        key_prefix="stonks:attempts",
        wrap_exceptions=True,
    )
    return Windows(MovingWindowRateLimiter(storage))
