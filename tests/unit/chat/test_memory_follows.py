"""Who follows whom, in memory."""

import pytest

from stonks.adapters.memory.follows import MemoryFollows
from tests.contracts.follows import FollowsContract, MakeFollows


class TestMemoryFollows(FollowsContract):
    @pytest.fixture
    def make_follows(self) -> MakeFollows:
        return lambda since: MemoryFollows(dict(since))
