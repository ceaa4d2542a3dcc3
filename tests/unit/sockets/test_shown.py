"""What is remembered of what somebody was shown."""

from datetime import timedelta
from uuid import uuid4

from stonks.domain.ids import NoticeId
from stonks.entrypoints.sockets.shown import MOST, Shown
from tests.contracts.town import START

ONE = NoticeId(uuid4())
LATER = START + timedelta(seconds=1)


def test_the_same_is_news_once_and_its_change_is_news_again() -> None:
    shown = Shown(START)
    assert shown.is_news(ONE, START, b"1 follows")
    assert shown.lacks(ONE, START)
    shown.note(ONE, START, b"1 follows")
    assert not shown.is_news(ONE, START, b"1 follows")
    assert not shown.lacks(ONE, START)
    assert shown.is_news(ONE, LATER, b"2 follow")
    assert shown.is_news(ONE, START, b"2 follow")  # within one microsecond
    assert shown.lacks(ONE, LATER)
    shown.note(ONE, LATER, b"2 follow")
    assert not shown.is_news(ONE, START, b"1 follows")
    assert not shown.lacks(ONE, START)


def test_what_came_before_somebody_is_looked_for_by_nobody_but_told_live() -> None:
    shown = Shown(LATER)
    assert not shown.lacks(ONE, START)
    assert shown.is_news(ONE, START, b"late")


def test_what_is_too_old_is_neither_remembered_nor_looked_for() -> None:
    shown = Shown(START)
    shown.note(ONE, START, b"1")
    shown.forget(START)
    assert not shown.lacks(ONE, START)
    shown.forget(LATER)
    assert not shown.lacks(ONE, START)
    assert shown.since == LATER
    assert shown._versions is None


def test_memory_is_bounded_and_nothing_that_fell_out_of_it_comes_again() -> None:
    shown = Shown(START)
    views = [(NoticeId(uuid4()), START + timedelta(seconds=n)) for n in range(3 * MOST)]
    for id_, at in views:
        shown.note(id_, at, b"")
    assert len(shown._versions or ()) == MOST
    assert not any(shown.lacks(id_, at) for id_, at in views)
    assert shown.lacks(ONE, views[-1][1])
