"""The store of streams on PostgreSQL."""

import pytest
from sqlalchemy import select

from stonks.adapters.postgres.tables.outbox import outbox
from stonks.domain.ids import ChannelId
from stonks.entrypoints.container import Container
from tests.contracts.streams import Published, StreamsStoreContract
from tests.contracts.town import SteppingClock, Town


class TestStreamsOnPostgres(StreamsStoreContract):
    @pytest.fixture
    def town(self, real_container: Container) -> Town:
        return Town(real_container, SteppingClock())

    @pytest.fixture
    def published(self, real_container: Container) -> Published:
        def published(channel_id: ChannelId) -> list[tuple[str, dict[str, object]]]:
            ours = outbox.c.data["channel_id"].astext == str(channel_id)
            wanted = select(outbox.c.kind, outbox.c.data).where(ours).order_by(outbox.c.id)
            with real_container.engine().connect() as connection:
                return [(kind, data) for kind, data in connection.execute(wanted)]

        return published
