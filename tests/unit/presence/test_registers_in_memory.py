"""Who comes and goes, in memory."""

import pytest

from stonks.adapters.memory.attended_rooms import AttendedRoom
from stonks.entrypoints.container import Container
from tests.contracts.registers import Attend, LetPass, RegistersContract
from tests.contracts.town import SteppingClock, Town


class TestRegistersInMemory(RegistersContract):
    @pytest.fixture
    def town(self, memory_container: Container) -> Town:
        clock = SteppingClock()
        memory_container.now.override(clock)
        return Town(memory_container, clock)

    @pytest.fixture
    def attend(self, town: Town) -> Attend:
        rooms = town.container.attended_rooms()
        return lambda room: rooms.rooms.put(room, AttendedRoom(room, town.clock()))

    @pytest.fixture
    def let_pass(self, town: Town) -> LetPass:
        return lambda seconds: town.clock.pass_(seconds=seconds)
