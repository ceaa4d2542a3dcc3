"""PostgreSQL cuts connections, or dies at once; what was acknowledged is there afterwards."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import sleep

import pytest

from stonks.adapters.embedded import places
from stonks.adapters.embedded.postgres import EmbeddedPostgres
from stonks.adapters.postgres import migrate
from tests.integration.promises.database import terminate_backends
from tests.integration.promises.load import new_load, under
from tests.integration.servers import Servers


@pytest.mark.soak
def test_backends_are_terminated_midway(serve: Servers, postgres_url: str, times: int) -> None:
    servers = (serve(), serve())
    cut = 0
    with under(
        new_load("cut", servers, postgres_url), lambda: f"pg_terminate_backend of {cut} backends"
    ) as load:
        for _ in range(5 * times):
            cut += terminate_backends(postgres_url)
            load.wait_for(30)


class Postgres:
    """A durable PostgreSQL of this test's own, which may die."""

    def __init__(self, var: Path) -> None:
        self.url = places.database_url(var)
        self._embedded = EmbeddedPostgres(var)
        self._running = self._embedded.start()

    def stop_at_once(self) -> None:
        """As if the power went: SIGQUIT leaves no time to write anything down."""
        self._running.child.send_signal(3)
        self._running.child.wait(15)

    def start(self) -> None:
        self._running = self._embedded.start()

    def stop(self) -> None:
        self._running.stop()


@pytest.fixture
def postgres() -> Iterator[Postgres]:
    with TemporaryDirectory(prefix="stonks-test-", ignore_cleanup_errors=True) as var:
        postgres = Postgres(Path(var))
        yield postgres
        postgres.stop()


@pytest.mark.soak
def test_postgres_is_stopped_at_once_and_started_again(
    serve: Servers, postgres: Postgres, times: int
) -> None:
    migrate.upgrade(postgres.url)
    serve.database_url = postgres.url
    servers = (serve(), serve())
    injected = f"an immediate stop of PostgreSQL, {times} times"
    with under(new_load("crashed", servers, postgres.url), lambda: injected) as load:
        for _ in range(times):
            load.wait_for(50)
            postgres.stop_at_once()
            sleep(0.5)
            postgres.start()
            load.wait_for(50)
