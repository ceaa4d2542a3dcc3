"""The store of streams on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from stonks.adapters.postgres.tables.outbox import outbox
from stonks.domain.ids import ChannelId
from stonks.entrypoints.container import Container
from tests.contracts.streams import (
    HOUR,
    Published,
    StreamsStoreContract,
    keep,
    last,
    stream_of,
)
from tests.contracts.town import START, SteppingClock, Town


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


def test_who_sees_hosts_waits_for_nobody(real_container: Container) -> None:
    town = Town(real_container, SteppingClock())
    host = town.person("host")
    held, free = (stream_of(town.channel(slug, host)[0]) for slug in ("held", "free"))
    keep(town, held, free)

    def see() -> None:
        with town.container.begin_channels()() as work:
            work.streams.see([held.id, free.id], START + HOUR)

    with ThreadPoolExecutor(1) as other:
        with town.container.begin_channels()() as work:
            assert work.streams.last(held.channel_id) == held
            other.submit(see).result(10)
        seen = [last(town, stream.channel_id) for stream in (held, free)]
    assert [stream and stream.seen_at for stream in seen] == [held.seen_at, START + HOUR]
