"""What every ``Pace`` promises of each thing that has one."""

from collections.abc import Callable

import pytest

from stonks.adapters.clock import new_id
from stonks.adapters.limits import (
    ASKING_ENDPOINTS,
    CHANGING_ENDPOINTS,
    FOLLOWING,
    GOING_LIVE,
    REGISTERING_DEVICES,
    Paced,
)
from stonks.application.ports import Limit, Pace
from stonks.domain.ids import ProfileId
from tests.contracts.attempts import until_limited
from tests.contracts.identity_races import at_once

MakePace = Callable[[Paced, float], Pace]
"""One whose limits are multiplied; all of them count together."""


class PacesContract:
    """Inherited with a fixture ``make_pace``, which has counted nothing."""

    @pytest.mark.parametrize(
        ("paced", "code", "limit"),
        [
            (FOLLOWING, "too_many_follows", Limit("follows", 60, 60)),
            (GOING_LIVE, "too_many_streams", Limit("streams", 12, 600)),
            (REGISTERING_DEVICES, "too_many_devices", Limit("devices", 20, 3600)),
            (CHANGING_ENDPOINTS, "too_many_endpoint_changes", Limit("webhook-changes", 30, 3600)),
            (ASKING_ENDPOINTS, "too_many_endpoint_requests", Limit("webhook-requests", 20, 600)),
        ],
        ids=["following", "going-live", "devices", "adding-endpoints", "asking-endpoints"],
    )
    def test_one_too_many_is_told_when_to_come_back(
        self, make_pace: MakePace, paced: Paced, code: str, limit: Limit
    ) -> None:
        pace, ann = make_pace(paced, 1), ProfileId(new_id())
        count, refusal = until_limited(lambda: pace(ann))
        assert (count, refusal.code, refusal.limit) == (limit.quota, code, limit.name)
        assert limit.window - 5 < refusal.retry_after <= limit.window
        pace(ProfileId(new_id()))

    def test_one_thing_is_counted_apart_from_another(self, make_pace: MakePace) -> None:
        ann = ProfileId(new_id())
        make_pace(FOLLOWING, 0.0001)(ann)
        make_pace(GOING_LIVE, 0.0001)(ann)

    def test_those_at_once_are_all_counted(self, make_pace: MakePace) -> None:
        pace, ann = make_pace(FOLLOWING, 0.2), ProfileId(new_id())
        answers = at_once(*[lambda: pace(ann)] * 20)
        assert answers.count("too_many_follows") == 8

    def test_limits_are_scaled_and_leave_one_and_are_told_so(self, make_pace: MakePace) -> None:
        pace, ann = make_pace(GOING_LIVE, 0.0001), ProfileId(new_id())
        assert until_limited(lambda: pace(ann))[0] == 1
        assert pace.limits == [Limit("streams", 1, 600), Limit("streams-a-day", 1, 24 * 3600)]
        told = make_pace(FOLLOWING, 2).limits
        assert told == [Limit("follows", 120, 60), Limit("follows-a-day", 2000, 24 * 3600)]
