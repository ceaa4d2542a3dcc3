"""How fast people follow, in memory, and where what is shared is away."""

import pytest
from limits import RateLimitItemPerSecond

from stonks.adapters.clock import new_id
from stonks.adapters.limits import LimitedFollowPace, memory_windows, redis_windows
from stonks.adapters.limits.keys import hidden
from stonks.domain.ids import ProfileId
from tests.contracts.attempts import until_limited
from tests.contracts.follow_pace import FollowPaceContract, MakePace
from tests.unit.identity.test_attempts import store_at


class TestFollowPaceInMemory(FollowPaceContract):
    @pytest.fixture
    def make_pace(self) -> MakePace:
        return lambda scale: LimitedFollowPace(memory_windows(), memory_windows(), scale)


def test_without_redis_each_process_limits_alone() -> None:
    pace = LimitedFollowPace(redis_windows(store_at(9)), memory_windows())
    ann = ProfileId(new_id())
    assert until_limited(lambda: pace(ann))[0] == 60


def test_a_thousand_in_a_day_are_enough() -> None:
    windows, ann = memory_windows(), ProfileId(new_id())
    day = RateLimitItemPerSecond(1000, 24 * 3600, namespace="follows-a-day")
    for _ in range(990):
        windows.hit(day, hidden(str(ann)))
    count, refusal = until_limited(lambda: LimitedFollowPace(windows, memory_windows())(ann))
    assert (count, refusal.code, refusal.limit) == (10, "too_many_follows", "follows-a-day")
    assert 86_000 < refusal.retry_after <= 86_400
