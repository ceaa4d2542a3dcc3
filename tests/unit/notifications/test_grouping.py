"""Groups that grow."""

from dataclasses import replace
from datetime import timedelta

from stonks.adapters.clock import new_id
from stonks.domain.ids import NoticeId
from stonks.domain.notifications.grouping import OPEN_FOR, first_follower, is_open, with_follower
from tests.contracts.town import START

MOMENT = timedelta(microseconds=1)
FIRST = first_follower(NoticeId(new_id()), "ada", START)


def test_a_group_that_grows_is_later_and_stands_where_it_stood() -> None:
    grown = with_follower(FIRST, "bo", START + timedelta(hours=2))
    assert (grown.id, grown.at) == (FIRST.id, START + timedelta(hours=2))
    assert grown.data["followers"] == ["bo", "ada"]
    assert with_follower(FIRST, "bo", START).at > FIRST.at
    assert with_follower(grown, "cy", START).at > grown.at


def test_a_group_is_open_for_a_day_from_its_start_however_it_grows() -> None:
    grown = FIRST
    for number in range(24):
        at = START + timedelta(hours=number)
        assert is_open(grown, has_read=False, at=at)
        grown = with_follower(grown, f"fan-{number}", at)
    assert is_open(grown, has_read=False, at=START + OPEN_FOR - MOMENT)
    assert not is_open(grown, has_read=False, at=START + OPEN_FOR)
    assert not is_open(grown, has_read=True, at=START)


def test_a_group_that_does_not_say_since_when_began_at_its_time() -> None:
    old = replace(FIRST, data={"count": 1, "followers": ["ada"]})
    assert with_follower(old, "bo", START + MOMENT).data["since"] == "2026-01-01T12:00:00.000Z"
