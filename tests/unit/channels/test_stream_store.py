"""The store of streams in memory."""

import pytest

from tests.contracts.streams import Published, StreamsStoreContract
from tests.contracts.town import Town


class TestStreamsInMemory(StreamsStoreContract):
    @pytest.fixture
    def published(self, town: Town) -> Published:
        events = town.container.outbox_tables().events.items
        return lambda channel_id: [
            (event.kind, event.data)
            for event in events.where(lambda row: row.data["channel_id"] == str(channel_id))
        ]
