"""How many follow, in memory."""

import pytest

from stonks.adapters.memory.identity import MemoryFollowCounts
from tests.contracts.follows import FollowCountsContract, MakeCounts


class TestMemoryFollowCounts(FollowCountsContract):
    @pytest.fixture
    def make_counts(self) -> MakeCounts:
        return lambda counts: MemoryFollowCounts(dict(counts))
