"""The real stores that the tests run on."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

import psycopg2
from sqlalchemy import make_url

from stonks.adapters.embedded import places
from stonks.adapters.embedded.postgres import EmbeddedPostgres
from stonks.adapters.embedded.stores import running_stores
from stonks.adapters.embedded.valkey import EmbeddedValkey
from stonks.adapters.postgres import migrate

HASTY = {"fsync": "off", "full_page_writes": "off", "max_connections": "200"}  # thrown away after
TEMPLATE = "stonks_template"


@dataclass(frozen=True, slots=True)
class TestStores:
    """Where PostgreSQL, on which databases may be made, and Redis answer."""

    __test__ = False

    postgres: str
    redis: str

    def database(self, name: str) -> str:
        url = make_url(self.postgres).set(database=name)
        return url.render_as_string(hide_password=False)

    def make(self, name: str, *, template: str = "template1") -> str:
        """A new database; one of that name that is there goes first."""
        self.drop(name)
        self._run(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.database(name)

    def drop(self, name: str) -> None:
        self._run(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _run(self, statement: str) -> None:
        plain = make_url(self.postgres).set(drivername="postgresql")
        connection = psycopg2.connect(plain.render_as_string(hide_password=False))
        connection.autocommit = True
        try:
            with connection.cursor() as cursor:
                cursor.execute(statement)
        finally:
            connection.close()


@contextmanager
def test_stores() -> Iterator[TestStores]:
    """Given by STONKS_TEST_DATABASE_URL and STONKS_TEST_REDIS_URL, or embedded for the block."""
    postgres = os.environ.get("STONKS_TEST_DATABASE_URL", "")
    redis = os.environ.get("STONKS_TEST_REDIS_URL", "")
    var = Path(mkdtemp(prefix="stonks-test-"))
    wanted = [
        *([] if postgres else [EmbeddedPostgres(var, HASTY)]),
        *([] if redis else [EmbeddedValkey(var)]),
    ]
    try:
        with running_stores(var, wanted):
            yield _prepared(
                TestStores(
                    postgres or places.database_url(var, "postgres"), redis or places.redis_url(var)
                )
            )
    finally:
        shutil.rmtree(var)


def _prepared(stores: TestStores) -> TestStores:
    migrate.upgrade(stores.make(TEMPLATE))
    return stores
