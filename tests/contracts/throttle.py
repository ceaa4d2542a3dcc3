"""What every throttle promises."""

import pytest

from stonks.adapters.limits import LimitedThrottle, Windows
from stonks.application.ports import Limit
from stonks.domain.errors import Limited
from tests.contracts.attempts import until_limited
from tests.contracts.identity_races import at_once

FIVE = Limit("five-in-an-hour", 5, 3600)


class ThrottleContract:
    """``Throttle``. Subclasses give ``windows``, which are empty."""

    @pytest.fixture
    def throttle(self, windows: Windows) -> LimitedThrottle:
        return LimitedThrottle(windows)

    def test_so_many_go_through_and_the_next_is_told_when_to_come_back(
        self, throttle: LimitedThrottle
    ) -> None:
        count, refusal = until_limited(lambda: throttle(FIVE, "mara"))
        assert (count, refusal.code, refusal.limit) == (5, "too_many_attempts", "five-in-an-hour")
        assert 3500 < refusal.retry_after <= 3600
        throttle(FIVE, "bruno")
        throttle(Limit("another", 5, 3600), "mara")

    def test_every_part_of_a_key_tells_apart(self, throttle: LimitedThrottle) -> None:
        until_limited(lambda: throttle(FIVE, "mara", "192.0.2.1"))
        throttle(FIVE, "mara", "192.0.2.2")
        throttle(FIVE, "mara")

    def test_tries_made_at_once_are_all_counted(self, throttle: LimitedThrottle) -> None:
        answers = at_once(*[lambda: throttle(FIVE, "mara")] * 20)
        assert answers.count("too_many_attempts") == 15

    def test_a_house_full_of_ipv6_addresses_is_one_address(self, throttle: LimitedThrottle) -> None:
        hosts = iter(range(1000))
        count, _ = until_limited(lambda: throttle(FIVE, f"2001:db8:0:7::{next(hosts):x}"))
        assert count == 5
        with pytest.raises(Limited):
            throttle(FIVE, "2001:0DB8:0000:0007:ffff:ffff:ffff:ffff")
        throttle(FIVE, "2001:db8:0:8::1")

    def test_an_ipv4_address_dressed_up_as_ipv6_is_the_same(
        self, throttle: LimitedThrottle
    ) -> None:
        until_limited(lambda: throttle(FIVE, "192.0.2.1"))
        with pytest.raises(Limited):
            throttle(FIVE, "::ffff:192.0.2.1")
        throttle(FIVE, "::ffff:192.0.2.2")

    def test_every_limit_is_scaled(self, windows: Windows) -> None:
        throttle = LimitedThrottle(windows, scale=2)
        assert until_limited(lambda: throttle(FIVE, "mara"))[0] == 10

    def test_a_scale_leaves_at_least_one_try(self, windows: Windows) -> None:
        throttle = LimitedThrottle(windows, scale=0.01)
        assert until_limited(lambda: throttle(FIVE, "mara"))[0] == 1
