"""What channels answer to identity and to the chat, on PostgreSQL."""

import pytest

from stonks.entrypoints.container import Container
from tests.contracts.channel_control import ChannelControlContract
from tests.contracts.channel_count import ChannelCountContract
from tests.contracts.town import SteppingClock, Town


@pytest.fixture
def town(real_container: Container) -> Town:
    return Town(real_container, SteppingClock())


class TestChannelCountOnPostgres(ChannelCountContract):
    pass


class TestChannelControlOnPostgres(ChannelControlContract):
    pass
