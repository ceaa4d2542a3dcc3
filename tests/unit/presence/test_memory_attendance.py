"""Who follows which room, in memory."""

import pytest

from stonks.adapters.memory.attendance import MemoryAttendance
from tests.contracts.attendance import AttendanceContract, MakeAttendance
from tests.contracts.people_online import LetPass
from tests.contracts.town import SteppingClock


class TestMemoryAttendance(AttendanceContract):
    @pytest.fixture
    def clock(self) -> SteppingClock:
        return SteppingClock()

    @pytest.fixture
    def make_attendance(self, clock: SteppingClock) -> MakeAttendance:
        one = MemoryAttendance(clock, "another")
        one.beat({})
        return lambda process: MemoryAttendance(clock, process, one.said)

    @pytest.fixture
    def let_pass(self, clock: SteppingClock) -> LetPass:
        return lambda seconds: clock.pass_(seconds=seconds)
