"""Who waits for whom at endpoints on PostgreSQL, and how many of them are looked at."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import TypeVar

import pytest

from stonks.adapters.clock import new_id, now
from stonks.adapters.postgres.webhooks.turns import PostgresTurns
from stonks.application.webhooks.ports import HostedChannel
from stonks.domain.webhooks.endpoint import DisabledBecause, Endpoint, Lane, Status
from stonks.entrypoints.container import Container
from tests.contracts.town import SteppingClock, Town
from tests.contracts.webhook_stores import (
    AT,
    MINUTE,
    a_channel,
    end,
    is_attended,
    kept,
    lock,
    set_active,
    stored,
    take,
    taken,
    wake,
    webhooks,
    write,
)

AT_REST = 5_000
FEW = 9
"""Rows read for one that is due: some several times, and some that are dead."""
Answer = TypeVar("Answer")
_LIKE_IT = """
INSERT INTO webhook_endpoints (id, channel_id, room_id, url, description, event_types, secret,
                               position, created_at, updated_at, status, lane, due_at)
SELECT gen_random_uuid(), channel_id, room_id, url, description, event_types, secret,
       position, created_at, updated_at, status, lane, due_at
  FROM webhook_endpoints, generate_series(1, %s) WHERE id = %s
"""
_LOOKED_AT = """
SELECT coalesce(sum(seq_tup_read + idx_tup_fetch), 0)::int
  FROM pg_stat_xact_user_tables WHERE relname = 'webhook_endpoints'
"""
_BLOCKED = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event_type = 'Lock'
"""


@pytest.fixture
def town(real_container: Container) -> Town:
    return Town(real_container, SteppingClock())


@pytest.fixture
def channel(town: Town) -> HostedChannel:
    return a_channel(town)


def many_like(town: Town, endpoint: Endpoint, count: int) -> None:
    with town.container.engine().begin() as connection:
        connection.exec_driver_sql(_LIKE_IT, (count, str(endpoint.id)))


def analyse(town: Town) -> None:
    with town.container.engine().begin() as connection:
        connection.exec_driver_sql("ANALYZE webhook_endpoints")


def looked_at(town: Town, do: Callable[[PostgresTurns], Answer]) -> tuple[Answer, int]:
    """What it answers, and how many rows of endpoints were read for it."""
    with town.container.engine().begin() as connection:
        before = connection.exec_driver_sql(_LOOKED_AT).scalar_one()
        answer = do(PostgresTurns(connection))
        return answer, connection.exec_driver_sql(_LOOKED_AT).scalar_one() - before


def take_looking(town: Town) -> tuple[bool, int]:
    """Whether one was due, and how many were looked at for it."""
    return looked_at(town, lambda turns: turns.take(Lane.STEADY, new_id(), MINUTE) is not None)


def waiting(town: Town, threads: Executor, call: Callable[[], object]) -> Future[object]:
    """Have another thread do it, which waits for a lock from then on."""
    future = threads.submit(call)
    with town.container.engine().connect() as connection:
        connection = connection.execution_options(isolation_level="AUTOCOMMIT")
        while not connection.exec_driver_sql(_BLOCKED).scalar():
            assert not future.done(), future.result()
    return future


def give_up(endpoint: Endpoint) -> None:
    endpoint.disable(DisabledBecause.GONE, last="a test", id_=new_id(), at=AT)


@pytest.mark.parametrize("is_analysed", [False, True])
def test_taking_a_turn_looks_at_none_that_rests(
    town: Town, channel: HostedChannel, times: Callable[[int], int], is_analysed: bool
) -> None:
    many_like(town, kept(town, channel), times(AT_REST))
    for _ in range(3):
        kept(town, channel, due_at=AT)
    if is_analysed:
        analyse(town)
    outcomes = [take_looking(town) for _ in range(4)]
    assert [is_due for is_due, _ in outcomes] == [True, True, True, False]
    assert max(count for _, count in outcomes) <= FEW


def test_those_of_a_host_who_is_away_are_looked_at_once(town: Town, channel: HostedChannel) -> None:
    many_like(town, kept(town, channel, due_at=AT), 49)
    analyse(town)
    set_active(town, channel.host_id, is_active=False)
    assert take_looking(town)[1] >= 50
    is_due, count = take_looking(town)
    assert not is_due
    assert count <= FEW


def test_news_of_a_room_look_at_no_other(
    town: Town, channel: HostedChannel, times: Callable[[int], int]
) -> None:
    other = a_channel(town, "other")
    many_like(town, kept(town, other), times(AT_REST))
    kept(town, channel)
    analyse(town)
    write(town, channel)
    woken, count = looked_at(town, lambda turns: turns.wake([channel.room_id]))
    assert woken == 1
    assert count <= FEW


def test_nobody_waits_for_an_endpoint_that_another_holds(
    town: Town, channel: HostedChannel
) -> None:
    held, due = kept(town, channel, due_at=AT - MINUTE), kept(town, channel, due_at=AT)
    rests, asleep = kept(town, channel), kept(town, channel)
    write(town, channel)
    with webhooks(town) as work:
        lock(work, held)
        assert taken(town).endpoint_id == due.id
        assert take(town) is None
    with webhooks(town) as work:
        lock(work, rests)
        assert wake(town) == 1
    assert wake(town) == 1
    assert {taken(town).endpoint_id for _ in range(3)} == {held.id, rests.id, asleep.id}


def test_turns_that_are_not_committed_are_nobody_elses(town: Town, channel: HostedChannel) -> None:
    first, second = (kept(town, channel, due_at=AT + number * MINUTE) for number in range(2))
    with webhooks(town) as one, webhooks(town) as another:
        turns = [work.turns.take(Lane.STEADY, new_id(), MINUTE) for work in (one, another)]
        assert take(town) is None
    assert [turn and turn.endpoint_id for turn in turns] == [first.id, second.id]


def test_what_happens_while_a_turn_ends_is_found_by_the_next_to_wake(
    town: Town, channel: HostedChannel
) -> None:
    write(town, channel)
    endpoint = kept(town, channel, due_at=AT)
    turn = taken(town)
    with webhooks(town) as work:
        assert work.turns.end(turn, 1)
        write(town, channel)
        assert wake(town, [channel.room_id]) == 0
    assert stored(town, endpoint).due_at is None
    assert wake(town) == 1
    assert taken(town).position == 1


def test_a_turn_that_is_ended_while_its_sender_waits_is_lost(
    town: Town, channel: HostedChannel
) -> None:
    endpoint = kept(town, channel, due_at=AT)
    turn = taken(town)
    with ThreadPoolExecutor(1) as threads:
        with webhooks(town) as work:
            found = lock(work, endpoint)
            found.rotate(b"another", now())
            work.endpoints.save(found)
            ending = waiting(town, threads, lambda: end(town, turn, 9))
        assert ending.result() is False
    assert stored(town, endpoint).position == 0


def test_whoever_deletes_a_channel_and_whoever_gives_up_its_endpoint_go_one_by_one(
    town: Town, channel: HostedChannel
) -> None:
    kept(town, channel, event_types=(), due_at=AT)
    turn = taken(town)

    def giving_up() -> bool:
        with webhooks(town) as work:
            held = work.turns.hold(turn)
            if held is not None:
                give_up(held)
                work.endpoints.save(held)
        return held is not None

    with ThreadPoolExecutor(1) as threads:
        with town.container.begin_channels()() as work:
            work.channels.lock(channel.id)
            work.rooms.close(channel.id)
            gives_up = waiting(town, threads, giving_up)
            work.channels.remove(channel.id)
        assert gives_up.result() is False
    assert not is_attended(town, channel)


@pytest.mark.parametrize("is_wanted", [False, True])
def test_of_two_who_change_what_is_wanted_the_second_sees_what_the_first_did(
    town: Town, channel: HostedChannel, is_wanted: bool
) -> None:
    before = Status.PENDING if is_wanted else Status.ACTIVE
    first = kept(town, channel, event_types=(), status=before)
    second = kept(town, channel, event_types=())

    def end_wanting() -> None:
        with webhooks(town) as work:
            found = lock(work, second)
            give_up(found)
            work.endpoints.save(found)

    with ThreadPoolExecutor(1) as threads:
        with webhooks(town) as work:
            found = lock(work, first)
            if is_wanted:
                found.activate(last_seq=0, at=AT)
            else:
                give_up(found)
            work.endpoints.save(found)
            changing = waiting(town, threads, end_wanting)
        changing.result()
    assert is_attended(town, channel) == is_wanted
