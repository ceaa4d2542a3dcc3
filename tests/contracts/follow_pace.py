"""What every ``FollowPace`` promises."""

from collections.abc import Callable

from stonks.adapters.clock import new_id
from stonks.application.social.ports import FollowPace
from stonks.domain.ids import ProfileId
from tests.contracts.attempts import until_limited
from tests.contracts.identity_races import at_once

MakePace = Callable[[float], FollowPace]
"""One whose limits are multiplied, and that has counted nothing."""


class FollowPaceContract:
    """Inherited with a fixture ``make_pace``."""

    def test_sixty_in_a_minute_and_the_next_is_told_when_to_come_back(
        self, make_pace: MakePace
    ) -> None:
        pace, ann = make_pace(1), ProfileId(new_id())
        count, refusal = until_limited(lambda: pace(ann))
        assert (count, refusal.code, refusal.limit) == (60, "too_many_follows", "follows")
        assert 0 < refusal.retry_after <= 60
        pace(ProfileId(new_id()))

    def test_those_at_once_are_all_counted(self, make_pace: MakePace) -> None:
        pace, ann = make_pace(0.2), ProfileId(new_id())
        answers = at_once(*[lambda: pace(ann)] * 20)
        assert answers.count("too_many_follows") == 8

    def test_limits_are_scaled_and_leave_one(self, make_pace: MakePace) -> None:
        pace, ann = make_pace(0.0001), ProfileId(new_id())
        assert until_limited(lambda: pace(ann))[0] == 1
