"""Who is online, in memory."""

import pytest

from stonks.adapters.memory.people_online import MemoryPeopleOnline
from tests.contracts.people_online import LetPass, MakePeopleOnline, PeopleOnlineContract
from tests.contracts.town import SteppingClock


class TestMemoryPeopleOnline(PeopleOnlineContract):
    @pytest.fixture
    def clock(self) -> SteppingClock:
        return SteppingClock()

    @pytest.fixture
    def make_online(self, clock: SteppingClock) -> MakePeopleOnline:
        one = MemoryPeopleOnline(clock)
        return lambda process: MemoryPeopleOnline(clock, process, one.said)

    @pytest.fixture
    def let_pass(self, clock: SteppingClock) -> LetPass:
        return lambda seconds: clock.pass_(seconds=seconds)
