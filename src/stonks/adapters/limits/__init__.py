"""Limits on how often somebody may try, by the ``limits`` library."""

from stonks.adapters.limits.attempts import LimitedAttempts
from stonks.adapters.limits.following import LimitedFollowPace
from stonks.adapters.limits.throttle import LimitedThrottle
from stonks.adapters.limits.windows import Windows, memory_windows, redis_windows

__all__ = [
    "LimitedAttempts",
    "LimitedFollowPace",
    "LimitedThrottle",
    "Windows",
    "memory_windows",
    "redis_windows",
]
