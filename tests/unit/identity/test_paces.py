"""How fast people do what costs others something, in memory, and where what is shared is away."""

import pytest
from limits import RateLimitItemPerSecond

from stonks.adapters.clock import new_id
from stonks.adapters.limits import (
    FOLLOWING,
    GOING_LIVE,
    LimitedPace,
    Paced,
    memory_windows,
    redis_windows,
)
from stonks.adapters.limits.keys import hidden
from stonks.domain.ids import ProfileId
from tests.contracts.attempts import until_limited
from tests.contracts.paces import MakePace, PacesContract
from tests.unit.identity.test_attempts import store_at

DAY = 24 * 3600


class TestPacesInMemory(PacesContract):
    @pytest.fixture
    def make_pace(self) -> MakePace:
        windows = memory_windows()
        return lambda paced, scale: LimitedPace(windows, memory_windows(), paced, scale)


def test_without_redis_each_process_limits_alone() -> None:
    pace = LimitedPace(redis_windows(store_at(9)), memory_windows(), FOLLOWING)
    ann = ProfileId(new_id())
    assert until_limited(lambda: pace(ann))[0] == 60


@pytest.mark.parametrize(
    ("paced", "name", "quota"),
    [(FOLLOWING, "follows-a-day", 1000), (GOING_LIVE, "streams-a-day", 60)],
)
def test_so_many_in_a_day_are_enough(paced: Paced, name: str, quota: int) -> None:
    windows, ann = memory_windows(), ProfileId(new_id())
    day = RateLimitItemPerSecond(quota, DAY, namespace=name)
    for _ in range(quota - 10):
        windows.hit(day, hidden(str(ann)))
    pace = LimitedPace(windows, memory_windows(), paced)
    count, refusal = until_limited(lambda: pace(ann))
    assert (count, refusal.code, refusal.limit) == (10, paced.code, name)
    assert DAY - 400 < refusal.retry_after <= DAY
