"""Limits on how often somebody may try, by the ``limits`` library."""

from stonks.adapters.limits.attempts import LimitedAttempts
from stonks.adapters.limits.pace import (
    ASKING_ENDPOINTS,
    CHANGING_ENDPOINTS,
    FOLLOWING,
    GOING_LIVE,
    REGISTERING_DEVICES,
    LimitedPace,
    Paced,
)
from stonks.adapters.limits.throttle import LimitedThrottle
from stonks.adapters.limits.windows import Windows, memory_windows, redis_windows

__all__ = [
    "ASKING_ENDPOINTS",
    "CHANGING_ENDPOINTS",
    "FOLLOWING",
    "GOING_LIVE",
    "REGISTERING_DEVICES",
    "LimitedAttempts",
    "LimitedPace",
    "LimitedThrottle",
    "Paced",
    "Windows",
    "memory_windows",
    "redis_windows",
]
