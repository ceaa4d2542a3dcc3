"""Limits on whatever else is worth guessing, or costs others something."""

from dataclasses import dataclass

from stonks.adapters.limits.keys import hidden, network_of
from stonks.adapters.limits.scaled import scaled
from stonks.adapters.limits.windows import Windows
from stonks.application.ports import Limit
from stonks.domain.errors import Limited


@dataclass(frozen=True, slots=True)
class LimitedThrottle:
    """``Throttle`` in moving windows, each limit multiplied by ``scale``.

    A network address in a key counts for its network (``network_of``); whatever a key says, the
    store does not learn it.
    """

    windows: Windows
    scale: float = 1

    def __call__(self, limit: Limit, *key: str) -> None:
        item = scaled(limit, self.scale)
        counted = [hidden(network_of(part)) for part in key]
        if not self.windows.hit(item, *counted):
            wait = self.windows.seconds_left(item, *counted)
            detail = "too many attempts; try again later"
            raise Limited("too_many_attempts", detail, retry_after=wait, limit=limit.name)
