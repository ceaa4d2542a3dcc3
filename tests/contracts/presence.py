"""What every ``Presence`` promises."""

from collections.abc import Callable
from uuid import uuid4

import pytest

from stonks.application.presence.ports import Presence
from stonks.domain.ids import RoomId
from tests.contracts.town import SteppingClock

MakePresence = Callable[[str], Presence]
"""The end of one process, by its name; all of one test share what they remember."""


class PresenceContract:
    """Inherited with a fixture ``make_presence``."""

    @pytest.fixture
    def clock(self) -> SteppingClock:
        return SteppingClock()

    def test_viewers_are_summed_over_processes(self, make_presence: MakePresence) -> None:
        one, two = make_presence("one"), make_presence("two")
        lounge, empty = RoomId(uuid4()), RoomId(uuid4())
        one.beat({lounge: 3})
        two.beat({lounge: 4, empty: 0})
        assert one.viewers([lounge, empty]) == {lounge: 7, empty: 0}
        one.beat({lounge: 1})
        assert two.viewers([lounge]) == {lounge: 5}
        two.beat({lounge: 0})
        assert two.viewers([lounge]) == {lounge: 1}

    def test_a_process_that_died_is_forgotten(
        self, make_presence: MakePresence, clock: SteppingClock
    ) -> None:
        one, two, lounge = make_presence("one"), make_presence("two"), RoomId(uuid4())
        one.beat({lounge: 3})
        clock.pass_(seconds=10)
        two.beat({lounge: 1})
        assert two.viewers([lounge]) == {lounge: 4}
        clock.pass_(seconds=10)
        assert two.viewers([lounge]) == {lounge: 1}
