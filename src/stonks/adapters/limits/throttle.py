"""Limits on whatever else is worth guessing, or costs others something."""

from dataclasses import dataclass

from limits import RateLimitItemPerSecond

from stonks.adapters.limits.windows import Windows
from stonks.application.identity.ports import Limit
from stonks.domain.errors import Limited


@dataclass(frozen=True, slots=True)
class LimitedThrottle:
    """``Throttle`` in moving windows, each limit multiplied by ``scale``."""

    windows: Windows
    scale: float = 1

    def __call__(self, limit: Limit, *key: str) -> None:
        amount = max(1, int(limit.quota * self.scale))
        item = RateLimitItemPerSecond(amount, limit.window, namespace=limit.name)
        if not self.windows.hit(item, *key):
            wait = self.windows.seconds_left(item, *key)
            detail = "too many attempts; try again later"
            raise Limited("too_many_attempts", detail, retry_after=wait, limit=limit.name)
