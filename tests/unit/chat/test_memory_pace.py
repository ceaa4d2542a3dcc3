"""Pace in memory."""

import pytest

from stonks.adapters.memory.chat.pace import MemoryPace
from tests.contracts.pace import MakePace, PaceContract, attempt
from tests.contracts.town import SteppingClock


class TestMemoryPace(PaceContract):
    @pytest.fixture
    def make_pace(self) -> MakePace:
        return lambda scale: MemoryPace(SteppingClock(), scale)


def test_the_window_moves() -> None:
    clock = SteppingClock()
    pace, first = MemoryPace(clock), attempt("0")
    assert pace.admit([attempt(str(n), of=first) for n in range(10)]) == [None] * 10
    clock.pass_(seconds=20)
    assert pace.admit([attempt(f"b{n}", of=first) for n in range(10)]) == [None] * 10
    (refused,) = pace.admit([attempt("c", of=first)])
    assert refused is not None
    assert refused.retry_after == 10
    clock.pass_(seconds=10)
    assert pace.admit([attempt("c", of=first)]) == [None]
