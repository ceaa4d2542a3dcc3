"""Redis and PostgreSQL die, stall or forget while endpoints are told of events."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import pytest
from redis import Redis

from stonks.adapters.postgres import migrate
from stonks.domain.webhooks.attempt import Outcome
from tests.integration.promises.database import (
    connected,
    terminate_backends,
    wait_until_somebody_waits,
)
from tests.integration.promises.test_postgres_away import Postgres
from tests.integration.promises.test_redis_away import Valkey
from tests.integration.running import running
from tests.integration.webhooks.counting import Counted, attempts, counted
from tests.integration.webhooks.hooked import Hooked

Times = Callable[[int], int]
_SLOW_RECORDS = """
CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(5); RETURN NULL; END $$;
CREATE TRIGGER slow_record AFTER INSERT ON webhook_attempts EXECUTE FUNCTION be_slow();
"""
_QUICK_RECORDS = "DROP TRIGGER slow_record ON webhook_attempts; DROP FUNCTION be_slow();"
_TERMINATE_SLEEPING = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND wait_event = 'PgSleep'
"""


@pytest.fixture(scope="module")
def valkey(servers_folder: Path) -> Iterator[Valkey]:
    valkey = Valkey(servers_folder / "valkey")
    yield valkey
    with suppress(ProcessLookupError):
        valkey.send(signal.SIGCONT)  # one that is stalled would not stop
    valkey.stop()


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="stonks-test-", ignore_cleanup_errors=True) as var:
        postgres = Postgres(Path(var))
        migrate.upgrade(postgres.url)
        yield postgres
        postgres.stop()


@pytest.fixture(scope="module")
def hooked(
    postgres: Postgres, valkey: Valkey, private_key: str, servers_folder: Path
) -> Iterator[Hooked]:
    """On stores of its own."""
    with running(Hooked, postgres.url, valkey.url, private_key, servers_folder) as hooked:
        yield hooked


@pytest.mark.soak
def test_redis_forgets_everything(
    hooked: Hooked, valkey: Valkey, tmp_path: Path, times: Times
) -> None:
    many = times(3)
    with (
        Redis.from_url(valkey.url) as redis,
        counted(hooked, tmp_path, lambda: f"FLUSHALL, {many} times") as load,
    ):
        for _ in range(many):
            redis.flushall()
            load.wait_for(50)


@pytest.mark.soak
def test_redis_is_killed_without_a_file_and_started_again(
    hooked: Hooked, valkey: Valkey, tmp_path: Path, times: Times
) -> None:
    many = times(1)
    with counted(hooked, tmp_path, lambda: f"kill -9 of Redis for 1 s, {many} times") as load:
        for _ in range(many):
            valkey.kill()
            sleep(1)
            valkey.start()
            load.wait_for(100)


@pytest.mark.soak
def test_redis_stalls(hooked: Hooked, valkey: Valkey, tmp_path: Path, times: Times) -> None:
    many = times(1)
    with counted(hooked, tmp_path, lambda: f"a Redis that stalls for 3 s, {many} times") as load:
        for _ in range(many):
            valkey.stall(3)
            load.wait_for(100)


@pytest.mark.soak
def test_backends_are_terminated(
    hooked: Hooked, postgres: Postgres, tmp_path: Path, times: Times
) -> None:
    cut = 0
    with counted(hooked, tmp_path, lambda: f"pg_terminate_backend of {cut} backends") as load:
        for _ in range(times(3)):
            cut += terminate_backends(postgres.url)
            recover(load)


@pytest.mark.soak
def test_a_backend_is_terminated_while_it_writes_down_what_was_told(
    hooked: Hooked, postgres: Postgres, tmp_path: Path, times: Times
) -> None:
    cut = 0
    with counted(hooked, tmp_path, lambda: f"the death of {cut} backends that write") as load:
        for _ in range(times(2)):
            with slow_records(postgres.url):
                wait_until_somebody_waits(postgres.url, on="PgSleep")
                cut += terminate_sleeping(postgres.url)
            recover(load)
    assert cut > 0
    outcomes = {outcome for hook in load.hooks for _, outcome in attempts(hook)}
    assert Outcome.UNKNOWN in outcomes, "what was told and not written down is on record"


@pytest.mark.soak
def test_postgres_is_stopped_at_once_and_started_again(
    hooked: Hooked, postgres: Postgres, tmp_path: Path, times: Times
) -> None:
    many = times(1)
    injected = f"an immediate stop of PostgreSQL, {many} times"
    with counted(hooked, tmp_path, lambda: injected) as load:
        for _ in range(many):
            postgres.stop_at_once()
            sleep(0.5)
            postgres.start()
            recover(load)


def recover(load: Counted) -> None:
    """Where connections were cut, also those of the test, and turns were left to their leases."""
    load.hooked.reconnect()
    load.load.wait_for(20)
    load.pass_leases()
    load.wait_for(60)


@contextmanager
def slow_records(url: str) -> Iterator[None]:
    """Whoever writes down attempts waits in the middle of a transaction."""
    with connected(url) as connection, connection.cursor() as cursor:
        cursor.execute(_SLOW_RECORDS)
        yield
        cursor.execute(_QUICK_RECORDS)


def terminate_sleeping(url: str) -> int:
    with connected(url) as connection, connection.cursor() as cursor:
        cursor.execute(_TERMINATE_SLEEPING)
        (count,) = cursor.fetchone() or (0,)
    return int(count)
