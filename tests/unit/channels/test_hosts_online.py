"""Who is online, in memory."""

import pytest

from stonks.adapters.memory.channels.hosts_online import MemoryHostsOnline
from tests.contracts.hosts_online import Arrive, HostsOnlineContract


class TestMemoryHostsOnline(HostsOnlineContract):
    @pytest.fixture
    def online(self) -> MemoryHostsOnline:
        return MemoryHostsOnline()

    @pytest.fixture
    def arrive(self, online: MemoryHostsOnline) -> Arrive:
        return online.here.add
