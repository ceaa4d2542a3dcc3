"""How fast somebody may follow others."""

from limits import RateLimitItemPerSecond

from stonks.adapters.limits.keys import hidden
from stonks.adapters.limits.windows import Windows
from stonks.domain.errors import Limited, Unavailable
from stonks.domain.ids import ProfileId

DAY = 24 * 3600


class LimitedFollowPace:
    """``FollowPace`` in moving windows, each limit multiplied by ``scale``.

    While the ``shared`` windows cannot be asked, those of this process ``alone`` are.
    """

    def __init__(self, shared: Windows, alone: Windows, scale: float = 1) -> None:
        self._shared = shared
        self._alone = alone
        self._limits = [
            RateLimitItemPerSecond(max(1, int(quota * scale)), seconds, namespace=name)
            for name, quota, seconds in (("follows", 60, 60), ("follows-a-day", 1000, DAY))
        ]

    def __call__(self, follower_id: ProfileId) -> None:
        try:
            self._count(self._shared, follower_id)
        except Unavailable:  # nobody guesses anything by following, so this does not fail closed
            self._count(self._alone, follower_id)

    def _count(self, windows: Windows, follower_id: ProfileId) -> None:
        key = hidden(str(follower_id))
        for limit in self._limits:  # whoever is kept out of the minute uses up no day
            if not windows.hit(limit, key):
                wait = windows.seconds_left(limit, key)
                raise Limited(
                    "too_many_follows",
                    "you follow too many at once; try again later",
                    retry_after=wait,
                    limit=limit.namespace,
                )
