"""What every way of counting attempts promises."""

from collections.abc import Callable

import pytest

from stonks.adapters.limits import LimitedAttempts, Windows
from stonks.application.ports import Limit
from stonks.domain.errors import Limited
from tests.contracts.identity_races import at_once


def until_limited(attempt: Callable[[], object]) -> tuple[int, Limited]:
    """How many went through, and how the next was refused."""
    for count in range(1000):
        try:
            attempt()
        except Limited as refusal:
            return count, refusal
    raise AssertionError("never limited")


def guess(attempts: LimitedAttempts, login: str, address: str) -> None:
    attempts.log_in(login, address)
    attempts.failed(login, address)


class AttemptsContract:
    """``Attempts``. Subclasses give ``windows``, which are empty."""

    @pytest.fixture
    def attempts(self, windows: Windows) -> LimitedAttempts:
        return LimitedAttempts(windows)

    def test_an_account_takes_ten_guesses_from_one_address(self, attempts: LimitedAttempts) -> None:
        count, refusal = until_limited(lambda: guess(attempts, "mara", "192.0.2.1"))
        assert (count, refusal.code) == (10, "too_many_attempts")
        assert refusal.limit == "account-and-address"
        assert 295 < refusal.retry_after <= 300
        guess(attempts, "mara", "192.0.2.2")
        guess(attempts, "bruno", "192.0.2.1")

    def test_the_case_of_a_login_makes_no_other_account(self, attempts: LimitedAttempts) -> None:
        for login in ["mara", "MARA", "Mara", "mArA", "maRa"] * 2:
            guess(attempts, login, "192.0.2.1")
        with pytest.raises(Limited):
            attempts.log_in("marA", "192.0.2.1")

    def test_guesses_made_at_once_are_all_counted(self, attempts: LimitedAttempts) -> None:
        answers = at_once(*[lambda: attempts.log_in("mara", "192.0.2.1")] * 20)
        assert answers.count("too_many_attempts") == 10

    def test_an_address_takes_a_hundred_wrong_guesses(self, attempts: LimitedAttempts) -> None:
        names = iter(range(1000))
        count, _ = until_limited(lambda: guess(attempts, f"user{next(names)}", "192.0.2.1"))
        assert count == 100
        with pytest.raises(Limited) as refusal:
            guess(attempts, "mara", "192.0.2.1")
        assert refusal.value.limit == "address"
        guess(attempts, "mara", "192.0.2.2")

    def test_an_account_takes_a_hundred_wrong_guesses_from_anywhere(
        self, attempts: LimitedAttempts
    ) -> None:
        numbers = iter(range(1000))
        count, refusal = until_limited(
            lambda: guess(attempts, "mara", f"203.0.113.{next(numbers)}")
        )
        assert (count, refusal.limit) == (100, "account")

    def test_the_owner_still_enters_from_where_they_entered_before(
        self, attempts: LimitedAttempts
    ) -> None:
        attempts.log_in("mara", "192.0.2.1")
        attempts.succeeded("mara", "192.0.2.1")
        numbers = iter(range(1000))
        until_limited(lambda: guess(attempts, "mara", f"203.0.113.{next(numbers)}"))
        attempts.log_in("mara", "192.0.2.1")
        with pytest.raises(Limited):
            attempts.log_in("mara", "192.0.2.9")

    def test_who_has_a_whole_ipv6_network_has_no_more_guesses(
        self, attempts: LimitedAttempts
    ) -> None:
        hosts = iter(range(1000))
        count, _ = until_limited(lambda: guess(attempts, "mara", f"2001:db8::{next(hosts):x}"))
        assert count == 10
        guess(attempts, "mara", "2001:db8:0:1::1")

    def test_the_owner_still_enters_from_their_ipv6_network(
        self, attempts: LimitedAttempts
    ) -> None:
        attempts.log_in("mara", "2001:db8::1")
        attempts.succeeded("mara", "2001:db8::1")
        numbers = iter(range(1000))
        until_limited(lambda: guess(attempts, "mara", f"203.0.113.{next(numbers)}"))
        attempts.log_in("mara", "2001:db8::2")

    def test_successes_are_no_guesses(self, attempts: LimitedAttempts) -> None:
        for _ in range(150):
            attempts.log_in("mara", "192.0.2.1")
            attempts.succeeded("mara", "192.0.2.1")

    def test_an_address_takes_fifty_signups_an_hour(self, attempts: LimitedAttempts) -> None:
        count, refusal = until_limited(lambda: attempts.sign_up("192.0.2.1"))
        assert (count, refusal.code, refusal.limit) == (50, "too_many_signups", "signups")
        assert 3595 < refusal.retry_after <= 3600
        attempts.sign_up("192.0.2.2")

    def test_what_is_told_of_the_limits_is_what_they_are(self, attempts: LimitedAttempts) -> None:
        assert attempts.signup_limits == [Limit("signups", 50, 3600)]
        assert attempts.login_limits == [
            Limit("account-and-address", 10, 300),
            Limit("address", 100, 300),
            Limit("account", 100, 3600),
        ]

    def test_every_limit_is_scaled(self, windows: Windows) -> None:
        attempts = LimitedAttempts(windows, scale=2)
        assert attempts.signup_limits == [Limit("signups", 100, 3600)]
        count, _ = until_limited(lambda: guess(attempts, "mara", "192.0.2.1"))
        assert count == 20
        assert until_limited(lambda: attempts.sign_up("192.0.2.1"))[0] == 100
