"""What every ``Pace`` promises."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from stonks.application.chat.ports import Attempt, Pace
from stonks.domain.chat.role import Role
from stonks.domain.ids import ProfileId, RoomId

MakePace = Callable[[float], Pace]
"""A pace whose limits are multiplied by the number."""


def attempt(
    text: str, *, of: Attempt | None = None, role: Role = Role.MEMBER, nonce: str | None = None
) -> Attempt:
    """An attempt of somebody new somewhere new, or of the same as ``of``."""
    room = of.room_id if of else RoomId(uuid4())
    person = of.profile_id if of else ProfileId(uuid4())
    return Attempt(room, person, role, text, nonce)


class PaceContract:
    """Inherited with a fixture ``make_pace``."""

    @pytest.mark.parametrize(("role", "most"), [(Role.MEMBER, 20), (Role.ADMIN, 100)])
    def test_so_many_in_a_window_and_no_more(
        self, make_pace: MakePace, role: Role, most: int
    ) -> None:
        pace, first = make_pace(1), attempt("0", role=role)
        attempts = [attempt(str(number), of=first, role=role) for number in range(most + 5)]
        verdicts = pace.admit(attempts)
        assert list(verdicts[:most]) == [None] * most
        for refused in verdicts[most:]:
            assert refused is not None
            assert refused.code == "slow_down"
            assert 0 < refused.retry_after <= 30
        assert pace.admit([attempt("another room")]) == [None]

    def test_who_moderates_has_the_larger_limit_although_the_same_person(
        self, make_pace: MakePace
    ) -> None:
        pace, first = make_pace(1), attempt("0")
        pace.admit([attempt(str(number), of=first) for number in range(20)])
        assert pace.admit([attempt("x", of=first)])[0] is not None
        assert pace.admit([attempt("x", of=first, role=Role.HOST)]) == [None]

    def test_a_refused_attempt_does_not_count(self, make_pace: MakePace) -> None:
        pace, first = make_pace(1), attempt("0")
        for _ in range(3):
            pace.admit([attempt(str(number), of=first) for number in range(20)])
        assert pace.admit([attempt("y", of=first, role=Role.HOST)] * 1) == [None]
        verdicts = pace.admit([attempt(f"z{n}", of=first, role=Role.HOST) for n in range(79)])
        assert list(verdicts) == [None] * 79

    def test_the_same_text_is_refused_unless_it_is_a_retry(self, make_pace: MakePace) -> None:
        pace, first = make_pace(1), attempt("hello", nonce="n1")
        assert pace.admit([first]) == [None]
        assert pace.admit([first]) == [None]
        for again in (attempt("hello", of=first), attempt("hello", of=first, nonce="n2")):
            (refused,) = pace.admit([again])
            assert refused is not None
            assert refused.code == "repeated"
            assert 0 < refused.retry_after <= 30
        assert pace.admit([attempt("hello!", of=first)]) == [None]
        assert pace.admit([attempt("hello")]) == [None]

    def test_the_same_text_twice_at_once_is_one(self, make_pace: MakePace) -> None:
        first = attempt("hello")
        verdicts = make_pace(1).admit([first, attempt("hello", of=first)])
        assert verdicts[0] is None
        assert verdicts[1] is not None

    def test_who_moderates_may_repeat(self, make_pace: MakePace) -> None:
        first = attempt("again", role=Role.ADMIN)
        again = attempt("again", of=first, role=Role.ADMIN)
        assert make_pace(1).admit([first, again]) == [None, None]

    def test_limits_are_scaled(self, make_pace: MakePace) -> None:
        first = attempt("0")
        attempts = [attempt(str(number), of=first) for number in range(45)]
        verdicts = make_pace(2).admit(attempts)
        assert [verdict is None for verdict in verdicts] == [True] * 40 + [False] * 5
