"""What every store promises about putting a notice into the inboxes of an audience."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from stonks.adapters.clock import new_id
from stonks.application.notifications.fan_out import FanOut
from stonks.application.notifications.stages import Fanout, Filled
from stonks.domain.errors import Conflict
from stonks.domain.ids import ProfileId
from stonks.domain.notifications.notice import Notice
from stonks.domain.social.bell import Bell
from tests.contracts.identity_races import at_once
from tests.contracts.notices import a_notice, a_told, work_of
from tests.contracts.town import Town


def a_crowd(town: Town, count: int) -> tuple[ProfileId, Sequence[ProfileId]]:
    """Somebody, and those who follow them, in order of id; they followed in another."""
    host = town.person("host")
    crowd = [town.person(f"fan{number}") for number in range(count)]
    for fan in reversed(crowd):
        town.container.follow_profile()(actor=fan, username="host")
    return host, crowd


def announced(town: Town, host: ProfileId) -> Notice:
    """A notice that the followers of this person are to get."""
    notice = replace(a_notice(), audience=host, over_at=None)
    with work_of(town) as work:
        work.notices.add(notice)
        work.fanouts.add(Fanout(notice.id, host))
    return notice


def fill(
    town: Town, notice: Notice, most: int, position: ProfileId | None = None, *, batches: int = 1
) -> Filled:
    assert notice.audience is not None
    fanout = Fanout(notice.id, notice.audience, position)
    with work_of(town) as work:
        return work.fanouts.fill(fanout, [new_id() for _ in range(batches)], most)


def batches(town: Town, notice: Notice) -> list[list[ProfileId]]:
    """Those whose ways are to be decided now, taken."""
    found = []
    with work_of(town) as work:
        while batch := work.batches.take():
            assert batch.notice_id == notice.id
            found.append([*batch.people])
    return found


def having(town: Town, notice: Notice, people: Sequence[ProfileId]) -> list[ProfileId]:
    reads = town.container.inbox_reads()
    pages = {person: reads.page(person, before=None, limit=99) for person in people}
    return [who for who, page in pages.items() for view in page if view.id == notice.id]


class FillingContract:
    """``Fanouts.fill``, and ``FanOut`` on it. Subclasses give ``town``."""

    def test_followers_come_in_chunks_in_order_of_id(self, town: Town) -> None:
        host, crowd = a_crowd(town, 5)
        notice = announced(town, host)
        assert fill(town, notice, 2) == Filled(2, crowd[1])
        assert having(town, notice, crowd) == crowd[:2]
        assert fill(town, notice, 2, crowd[1]) == Filled(2, crowd[3])
        assert fill(town, notice, 2, crowd[3]) == Filled(1, crowd[4])
        assert fill(town, notice, 2, crowd[4]) == Filled(0, None)
        assert batches(town, notice) == [crowd[:2], crowd[2:4], crowd[4:]]
        assert having(town, notice, crowd) == crowd
        assert having(town, notice, [host]) == []

    def test_a_chunk_is_of_several_batches(self, town: Town) -> None:
        host, crowd = a_crowd(town, 7)
        notice = announced(town, host)
        assert fill(town, notice, 2, batches=3) == Filled(6, crowd[5])
        assert fill(town, notice, 2, crowd[5], batches=3) == Filled(1, crowd[6])
        assert batches(town, notice) == [crowd[:2], crowd[2:4], crowd[4:6], crowd[6:]]
        again = announced(town, host)
        a_told(town, crowd[0], again)
        assert fill(town, again, 2, batches=4) == Filled(7, crowd[6])
        assert batches(town, again) == [crowd[1:3], crowd[3:5], crowd[5:]]

    def test_who_closed_the_bell_or_follows_another_is_left_out(self, town: Town) -> None:
        host, crowd = a_crowd(town, 4)
        follow, other = town.container.follow_profile(), town.person("other")
        follow(actor=crowd[1], username="host", bell=Bell.NONE)
        follow(actor=other, username="fan0")
        notice = announced(town, host)
        heard = [crowd[0], crowd[2], crowd[3]]
        assert fill(town, notice, 9) == Filled(3, crowd[3])
        assert batches(town, notice) == [heard]
        assert having(town, notice, [*crowd, other]) == heard

    def test_who_has_it_makes_no_batch_again(self, town: Town) -> None:
        host, crowd = a_crowd(town, 4)
        notice = announced(town, host)
        a_told(town, crowd[1], notice)
        assert fill(town, notice, 2) == Filled(2, crowd[1])
        assert batches(town, notice) == [[crowd[0]]]
        assert fill(town, notice, 9) == Filled(4, crowd[3])
        assert batches(town, notice) == [crowd[2:]]
        assert fill(town, notice, 9) == Filled(4, crowd[3])
        assert batches(town, notice) == []
        assert having(town, notice, crowd) == crowd

    def test_what_fails_is_as_if_it_had_not_been(self, town: Town) -> None:
        host, crowd = a_crowd(town, 3)
        notice = announced(town, host)
        with pytest.raises(Conflict), work_of(town) as work:  # noqa: PT012
            work.fanouts.fill(Fanout(notice.id, host), [new_id()], 2)
            raise Conflict("a_test", "goes wrong")
        assert having(town, notice, crowd) == []
        assert batches(town, notice) == []
        assert fill(town, notice, 9) == Filled(3, crowd[2])

    def test_a_fan_out_goes_on_where_it_ended(self, town: Town) -> None:
        host, crowd = a_crowd(town, 5)
        notice, hints = announced(town, host), list[str]()
        fan_out = self._fan_out(town, hints)
        assert fan_out()
        with work_of(town) as work:
            fanout = work.fanouts.take()
            assert fanout == Fanout(notice.id, host, crowd[1])
            work.fanouts.add(fanout)
        assert [fan_out() for _ in range(3)] == [True, True, False]
        assert having(town, notice, crowd) == crowd
        assert batches(town, notice) == [crowd[:2], crowd[2:4], crowd[4:]]
        assert hints == ["batches"] * 3

    def test_a_small_audience_does_not_wait_for_the_end_of_a_big_one(self, town: Town) -> None:
        host, crowd = a_crowd(town, 7)
        big, small = announced(town, host), town.person("small")
        town.container.follow_profile()(actor=crowd[6], username="small")
        fan_out = self._fan_out(town, [])
        assert fan_out()
        later = announced(town, small)
        assert [fan_out(), fan_out()] == [True, True]
        assert having(town, later, crowd) == crowd[6:]
        assert having(town, big, crowd) == crowd[:4]
        assert [fan_out() for _ in range(3)] == [True, True, False]
        assert having(town, big, crowd) == crowd

    def test_nobody_is_told_twice_by_workers_at_the_same_audience(self, town: Town) -> None:
        host, crowd = a_crowd(town, 9)
        notice = announced(town, host)
        outcomes = at_once(*[lambda: fill(town, notice, 9)] * 4)
        assert outcomes == [Filled(9, crowd[8])] * 4
        assert batches(town, notice) == [crowd]
        again = announced(town, host)
        fan_out = self._fan_out(town, [])

        def work() -> None:
            while self._waits(town):
                fan_out()

        at_once(*[work] * 4)
        assert sorted(person for batch in batches(town, again) for person in batch) == crowd
        assert having(town, again, crowd) == crowd

    def _fan_out(self, town: Town, hints: list[str]) -> FanOut:
        def hint(job: str, times: int = 1) -> None:
            hints.extend([job] * times)

        return FanOut(town.container.begin_notifications(), hint, new_id, most=2, batches=1)

    def _waits(self, town: Town) -> bool:
        return "fanouts" in town.container.work_reads().waiting()
