"""What channels answer to identity and to the chat, in memory."""

from tests.contracts.channel_control import ChannelControlContract
from tests.contracts.channel_count import ChannelCountContract


class TestChannelCountInMemory(ChannelCountContract):
    pass


class TestChannelControlInMemory(ChannelControlContract):
    pass
