"""When an endpoint that failed is tried again."""

from datetime import timedelta

MINUTE, HOUR = 60, 3600
DELAYS = tuple(
    timedelta(seconds=seconds)
    for seconds in (
        5,
        5 * MINUTE,
        30 * MINUTE,
        2 * HOUR,
        5 * HOUR,
        10 * HOUR,
        14 * HOUR,
        20 * HOUR,
        24 * HOUR,
    )
)
"""After the first failure in a row, the second, …; who fails once more is given up."""
JITTER = 0.2
"""Up to how much longer, so that many that failed together do not come back together."""
LONGEST_ASKED = timedelta(hours=24)
"""Whoever asks for more time gets this much."""


def delay_after(failures: int, asked: float | None, jitter: float) -> timedelta | None:
    """How long to leave it alone after so many failures in a row; None where that is for good.

    ``asked`` is its ``Retry-After`` in seconds, never undercut; ``jitter`` is from 0 to 1.
    """
    if failures > len(DELAYS):
        return None
    wanted = min(timedelta(seconds=asked or 0), LONGEST_ASKED)
    return max(DELAYS[failures - 1], wanted) * (1 + JITTER * jitter)
