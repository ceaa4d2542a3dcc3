"""How many attempts are looked at to list the few that somebody asks for, on PostgreSQL."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import pytest
from sqlalchemy import Connection

from stonks.adapters.postgres.webhooks.reads import PostgresEndpointReads
from stonks.adapters.postgres.work import Reads
from stonks.domain.webhooks.attempt import Outcome
from stonks.domain.webhooks.endpoint import Endpoint
from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_endpoints import an_attempt
from tests.contracts.webhook_stores import a_channel, kept, webhooks

MANY = 5_000
TROUBLES = [*[Outcome.FAILED] * 3, *[Outcome.UNKNOWN] * 2]
_DELIVERED = """
INSERT INTO webhook_attempts (endpoint_id, id, event_id, event_type, at, duration_ms, outcome,
                              detail)
SELECT %s, gen_random_uuid(), 'an event', 'chat.message_posted', now(), 1, 'delivered', ''
  FROM generate_series(1, %s)
"""
_LOOKED_AT = """
SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int
  FROM pg_stat_xact_user_tables WHERE relname = 'webhook_attempts'
"""


@dataclass(frozen=True, slots=True)
class Within(Reads):
    """On one connection, whose transaction counts what is read in it."""

    connection: Connection

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        yield self.connection


@pytest.fixture
def town(real_container: Container) -> Town:
    return Town(real_container, SteppingClock())


@pytest.fixture
def endpoint(town: Town, times: Callable[[int], int]) -> Endpoint:
    """To which much was delivered, and which had a few troubles."""
    endpoint = kept(town, a_channel(town))
    with town.container.engine().begin() as connection:
        connection.exec_driver_sql(_DELIVERED, (str(endpoint.id), times(MANY)))
    with webhooks(town) as work:
        for outcome in TROUBLES:
            work.attempts.add([replace(an_attempt(endpoint.id), outcome=outcome)])
    return endpoint


@pytest.mark.parametrize("is_analysed", [False, True])
@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UNKNOWN])
def test_who_asks_for_troubles_looks_at_nothing_that_was_delivered(
    town: Town, endpoint: Endpoint, outcome: Outcome, is_analysed: bool
) -> None:
    engine = town.container.engine()
    with engine.begin() as connection:
        if is_analysed:
            connection.exec_driver_sql("ANALYZE webhook_attempts")
        before = connection.exec_driver_sql(_LOOKED_AT).scalar_one()
        reads = PostgresEndpointReads(Within(engine, connection))
        found = reads.attempts(endpoint.id, outcome=outcome, before=None, limit=20)
        count = connection.exec_driver_sql(_LOOKED_AT).scalar_one() - before
    assert [attempt.outcome for attempt in found] == [outcome] * TROUBLES.count(outcome)
    assert count <= len(TROUBLES)
