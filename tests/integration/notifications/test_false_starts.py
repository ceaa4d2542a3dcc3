"""Starts, ends and what is sent meanwhile, at the same moment, on PostgreSQL."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from stonks.adapters.clock import new_id, now
from stonks.application.notifications.stages import Batch
from stonks.domain.notifications.notice import Notice
from tests.contracts.deliveries import decided, depart, states
from tests.contracts.notices import a_told, work_of
from tests.contracts.streams import keep, stream_of
from tests.contracts.town import Town
from tests.integration.waiting import wait_until

Result = TypeVar("Result")
WAITS = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%FOR SHARE%'
"""


def is_held(town: Town, table: str, id_: UUID) -> bool:
    """Whether whoever would change this row waits."""
    held = text(f"SELECT FROM {table} WHERE id = :id FOR NO KEY UPDATE NOWAIT")
    try:
        with town.container.engine().begin() as connection:
            assert connection.execute(held, {"id": id_}).rowcount == 1
    except OperationalError:
        return True
    return False


def go_on(town: Town, notice: Notice, meanwhile: Callable[[], Result]) -> Result:
    """Reopen the notice, and commit that when whoever does something meanwhile waits for it."""
    with ThreadPoolExecutor(1) as threads:
        with work_of(town) as work:
            work.notices.about(notice.kind, notice.subject)
            work.notices.save(replace(notice, over_at=None, data={"title": "The real show"}))
            result = threads.submit(meanwhile)
            with town.container.engine().connect() as connection:
                connection.execution_options(isolation_level="AUTOCOMMIT")
                wait_until(lambda: connection.execute(text(WAITS)).scalar_one() > 0, "it waits")
        return result.result()


@pytest.fixture
def over(town: Town) -> Notice:
    return replace(a_told(town, town.person("ada")), over_at=now())


def test_a_stream_ends_before_its_start_is_read_or_after_that_is_done(town: Town) -> None:
    channel, _ = town.channel("lounge", town.person("host"))
    stream = stream_of(channel)
    keep(town, stream)
    with work_of(town) as work:
        assert work.neighbours.stream(channel, stream.id) is not None
        assert is_held(town, "streams", stream.id)
    assert not is_held(town, "streams", stream.id)


def test_a_notice_is_changed_by_one_at_a_time(town: Town, over: Notice) -> None:
    with work_of(town) as work:
        work.notices.about(over.kind, over.subject)
        assert is_held(town, "notices", over.id)


def test_what_is_over_stays_so_while_somebody_drops_it(town: Town, over: Notice) -> None:
    ada = town.person("another")
    a_told(town, ada, over)
    key, other = decided(town, over, ada), decided(town, over, ada, way="slack")
    with work_of(town) as work:
        assert work.deliveries.depart(other) is not None
        assert not is_held(town, "notices", over.id)
    with work_of(town) as work:
        work.notices.save(over)
    with work_of(town) as work:
        departing = work.deliveries.depart(key)
        assert departing is not None
        assert departing.look.is_over
        assert is_held(town, "notices", over.id)


def test_who_would_drop_what_goes_on_meanwhile_sends_it(town: Town, over: Notice) -> None:
    ada = town.person("another")
    a_told(town, ada, over)
    key = decided(town, over, ada)
    with work_of(town) as work:
        work.notices.save(over)
    found = go_on(town, over, lambda: depart(town, key))
    assert found is not None
    assert not found.look.is_over
    assert found.delivery.data == {"title": "The real show"}


def test_who_is_decided_about_while_it_goes_on_is_not_left_out(town: Town, over: Notice) -> None:
    ada = town.person("another")
    a_told(town, ada, over)
    with work_of(town) as work:
        work.notices.save(over)
        work.batches.add(Batch(new_id(), over.id, [ada]))
    decide = replace(town.container.decide_ways(), online=lambda people: ())
    assert go_on(town, over, decide)
    found = states(town, decided(town, over, ada))
    assert found["email"] == ("skipped", "no_proven_email", 0)
