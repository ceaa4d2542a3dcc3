"""What every ``PeopleOnline`` promises."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from stonks.application.presence.ports import PeopleOnline
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId
from stonks.domain.presence.beat import SETTLES

MakePeopleOnline = Callable[[str], PeopleOnline]
"""The end of one process, by its name; all of one test share what they remember."""
LetPass = Callable[[float], None]
"""So many seconds."""
HERE, THERE, NOWHERE = (ProfileId(uuid4()) for _ in range(3))


def crowd(size: int) -> set[ProfileId]:
    return {ProfileId(uuid4()) for _ in range(size)}


class PeopleOnlineContract:
    """Inherited with fixtures ``make_online``, who have said nothing yet, and ``let_pass``.

    Some other process said long ago that nobody is there.
    """

    def test_people_are_online_wherever_they_are_connected(
        self, make_online: MakePeopleOnline
    ) -> None:
        one, two = make_online("one"), make_online("two")
        one.beat({HERE})
        two.beat({THERE, HERE})
        for end in (one, two, make_online("a worker, which has no sockets")):
            assert end.online([HERE, THERE, NOWHERE]) == {HERE, THERE}
            assert end.online([NOWHERE]) == set()
            assert end.online([]) == set()

    def test_a_beat_takes_the_place_of_the_one_before(self, make_online: MakePeopleOnline) -> None:
        one, two = make_online("one"), make_online("two")
        one.beat({HERE, NOWHERE})
        two.beat({HERE})
        one.beat({THERE})
        assert two.online([HERE, THERE, NOWHERE]) == {HERE, THERE}
        two.beat(set())
        assert one.online([HERE, THERE, NOWHERE]) == {THERE}
        one.beat(set())
        assert one.online([HERE, THERE, NOWHERE]) == set()

    def test_what_was_said_may_change_afterwards(self, make_online: MakePeopleOnline) -> None:
        one, people = make_online("one"), {HERE}
        one.beat(people)
        people.add(THERE)
        assert one.online([HERE, THERE]) == {HERE}
        one.beat(people)
        assert one.online([HERE, THERE]) == {HERE, THERE}

    def test_ten_thousand_are_answered_for_in_one_call(self, make_online: MakePeopleOnline) -> None:
        ends = [make_online(f"process {number}") for number in range(4)]
        parts = [crowd(2500) for _ in ends]
        for end, part in zip(ends, parts, strict=True):
            end.beat(part)
        everybody = set[ProfileId]().union(*parts)
        assert ends[0].online([*everybody, *crowd(5000)]) == everybody
        ends[0].beat(parts[0] | parts[1])
        ends[1].beat(set())
        ends[2].beat(set())
        assert ends[3].online(everybody) == everybody - parts[2]

    def test_a_process_that_died_is_forgotten_after_fifteen_seconds(
        self, make_online: MakePeopleOnline, let_pass: LetPass
    ) -> None:
        one, two = make_online("one"), make_online("two")
        one.beat({HERE})
        let_pass(10)
        two.beat({THERE})
        assert two.online([HERE, THERE]) == {HERE, THERE}
        let_pass(5.5)
        assert two.online([HERE, THERE]) == {THERE}

    def test_a_process_that_lives_is_believed_as_long_as_it_says_so(
        self, make_online: MakePeopleOnline, let_pass: LetPass
    ) -> None:
        one = make_online("one")
        for _ in range(4):
            one.beat({HERE})
            let_pass(10)
        assert one.online([HERE]) == {HERE}

    def test_where_no_process_says_anything_nobody_knows(
        self, make_online: MakePeopleOnline, let_pass: LetPass
    ) -> None:
        one = make_online("one")
        let_pass(16)
        assert unknown(one)
        assert one.online([]) == set()
        one.beat(set())
        let_pass(SETTLES)
        assert one.online([HERE]) == set()
        one.beat({HERE})
        assert one.online([HERE]) == {HERE}


def unknown(end: PeopleOnline) -> bool:
    with pytest.raises(Unavailable) as refused:
        end.online([HERE])
    return refused.value.code == "presence_unknown"
