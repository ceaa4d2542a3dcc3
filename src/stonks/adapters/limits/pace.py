"""How fast somebody may do what costs others something."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.adapters.limits.keys import hidden
from stonks.adapters.limits.scaled import scaled, told
from stonks.adapters.limits.windows import Windows
from stonks.application.ports import Limit
from stonks.domain.errors import Limited, Unavailable
from stonks.domain.ids import ProfileId

HOUR = 3600
DAY = 24 * HOUR


@dataclass(frozen=True, slots=True)
class Paced:
    """One thing that has a pace, and how it is refused; the shortest window comes first."""

    code: str
    detail: str
    limits: Sequence[Limit]


FOLLOWING = Paced(
    "too_many_follows",
    "you follow too many at once; try again later",
    (Limit("follows", 60, 60), Limit("follows-a-day", 1000, DAY)),
)
GOING_LIVE = Paced(
    "too_many_streams",
    "you started too many streams; try again later",
    (Limit("streams", 12, 600), Limit("streams-a-day", 60, DAY)),
)
REGISTERING_DEVICES = Paced(
    "too_many_devices",
    "you registered too many browsers; try again later",
    (Limit("devices", 20, HOUR),),
)
CHANGING_ENDPOINTS = Paced(
    "too_many_endpoint_changes",
    "you changed webhooks too often; try again later",
    (Limit("webhook-changes", 30, HOUR),),
)
ASKING_ENDPOINTS = Paced(
    "too_many_endpoint_requests",
    "you asked webhooks too often; try again later",
    (Limit("webhook-requests", 20, 600), Limit("webhook-requests-a-day", 200, DAY)),
)


class LimitedPace:
    """``Pace`` in moving windows, each limit multiplied by ``scale``.

    While the ``shared`` windows cannot be asked, those of this process ``alone`` are.
    """

    def __init__(self, shared: Windows, alone: Windows, paced: Paced, scale: float = 1) -> None:
        self._shared = shared
        self._alone = alone
        self._paced = paced
        self._limits = [scaled(limit, scale) for limit in paced.limits]

    @property
    def limits(self) -> Sequence[Limit]:
        return [told(limit) for limit in self._limits]

    def __call__(self, person: ProfileId) -> None:
        try:
            self._count(self._shared, person)
        except Unavailable:  # nobody guesses anything by this, so it does not fail closed
            self._count(self._alone, person)

    def _count(self, windows: Windows, person: ProfileId) -> None:
        key = hidden(str(person))
        for limit in self._limits:  # whoever is kept out of the minute uses up no day
            if not windows.hit(limit, key):
                wait = windows.seconds_left(limit, key)
                code, detail = self._paced.code, self._paced.detail
                raise Limited(code, detail, retry_after=wait, limit=limit.namespace)
