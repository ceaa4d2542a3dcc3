"""Redis and PostgreSQL die, stall or forget while people are being told."""

import random
import signal
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import pytest
from redis import Redis

from stonks.adapters.postgres import migrate
from tests.integration.notifications.crowd import Crowd, new_crowd
from tests.integration.notifications.tally import tally
from tests.integration.notifications.works import Works, working
from tests.integration.promises.database import terminate_backends
from tests.integration.promises.test_postgres_away import Postgres
from tests.integration.promises.test_redis_away import Valkey
from tests.integration.waiting import wait_until

Times = Callable[[int], int]
IN_FLIGHT = 2 * (16 + 4)  # processes, and what each sends side by side
KINDS = {"pushed": 100, "mailed": 40, "silent": 3, "unwilling": 3}
CONNECTIONS = 12  # more than a server's pool has


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
def works(
    postgres: Postgres, valkey: Valkey, private_key: str, servers_folder: Path
) -> Iterator[Works]:
    """On stores of their own."""
    with working(postgres.url, valkey.url, private_key, servers_folder) as works:
        yield works


def told(
    crowd: Crowd, injected: str, *, in_the_middle: Callable[[], object], lose: int = 0
) -> None:
    """Go live, do that as soon as the first push arrived, and see what becomes of everybody."""
    works = crowd.works
    with works.gate(works.service) as gate:
        notice = crowd.go_live()
        wait_until(lambda: gate.arrived > 0, "the first push arrives")
        in_the_middle()
    works.settle_after_deaths() if lose else works.settle()
    tally(crowd, notice).check(injected, may_lose=lose)


@pytest.mark.soak
def test_redis_forgets_everything(works: Works, valkey: Valkey, times: Times) -> None:
    for _ in range(times(1)):
        crowd = new_crowd(works, **KINDS)
        with crowd.online(), Redis.from_url(valkey.url) as redis:
            told(crowd, "FLUSHALL", in_the_middle=redis.flushall)


@pytest.mark.soak
def test_redis_is_killed_without_a_file_and_started_again(
    works: Works, valkey: Valkey, times: Times
) -> None:
    for _ in range(times(1)):
        crowd, next_one = new_crowd(works, **KINDS), new_crowd(works, **KINDS)
        told(crowd, "kill -9 of Redis, for a second", in_the_middle=lambda: away(valkey))
        told(next_one, "nothing, after Redis had been away", in_the_middle=lambda: None)


def over(works: Works) -> None:
    """Wait until the servers have let go of every connection that was cut: they go round."""
    works.reconnect()
    servers = [works.here, works.there] * CONNECTIONS
    wait_until(lambda: all(server.is_ready() for server in servers), "PostgreSQL is back for all")


def away(valkey: Valkey) -> None:
    valkey.kill()
    sleep(1)
    valkey.start()


@pytest.mark.soak
def test_redis_stalls(works: Works, valkey: Valkey, times: Times) -> None:
    for _ in range(times(1)):
        crowd = new_crowd(works, **KINDS)
        told(crowd, "a Redis that stalls for 3 s", in_the_middle=lambda: valkey.stall(3))


@pytest.mark.soak
def test_backends_are_terminated_at_random(works: Works, postgres: Postgres, times: Times) -> None:
    crowds = [new_crowd(works, **KINDS) for _ in range(times(2))]
    for crowd in crowds:
        cut, stream = 0, crowd.start()
        for _ in range(4):
            sleep(random.uniform(0, 0.1))
            cut += terminate_backends(postgres.url)
        over(works)
        works.settle_after_deaths()
        notice = crowd.notice(stream)
        assert notice is not None
        tally(crowd, notice).check(f"pg_terminate_backend of {cut}", may_lose=4 * IN_FLIGHT)


@pytest.mark.soak
def test_postgres_is_stopped_at_once_and_started_again(
    works: Works, postgres: Postgres, times: Times
) -> None:
    for _ in range(times(1)):
        crowd = new_crowd(works, **KINDS)

        def crash() -> None:
            postgres.stop_at_once()
            sleep(0.5)
            postgres.start()
            works.reconnect()

        told(crowd, "an immediate stop of PostgreSQL", in_the_middle=crash, lose=IN_FLIGHT)
        over(works)
