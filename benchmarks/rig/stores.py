"""PostgreSQL and Valkey for one run: the ones that Stonks brings, in a temporary folder."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg2

from rig.machine import REST, pinned
from rig.processes import Tree
from stonks.adapters.embedded import places
from stonks.adapters.embedded.postgres import EmbeddedPostgres
from stonks.adapters.embedded.stores import running_stores
from stonks.adapters.embedded.valkey import EmbeddedValkey


@dataclass(frozen=True, slots=True)
class Stores:
    """Where the two stores are, and their processes."""

    var: Path
    database: Tree
    redis: Tree

    @property
    def database_url(self) -> str:
        return places.database_url(self.var)

    @property
    def redis_url(self) -> str:
        return places.redis_url(self.var)

    @property
    def dsn(self) -> str:
        """The same database, for the bare driver."""
        return self.database_url.replace("postgresql+psycopg2", "postgresql", 1)

    def version(self) -> str:
        with closing(psycopg2.connect(self.dsn)) as connection, connection.cursor() as cursor:
            cursor.execute("SHOW server_version")
            (version,) = cursor.fetchone() or ("?",)
            return f"PostgreSQL {version}"


@contextmanager
def stores(folder: Path) -> Iterator[Stores]:
    """Both stores, on the cores that the servers under test do not use; gone at the end."""
    var = folder / "var"
    wanted = (EmbeddedPostgres(var), EmbeddedValkey(var))
    with pinned(REST), running_stores(var, wanted) as found:
        database, redis = (Tree(store.child.pid) for store in found.running)
        yield Stores(var, database, redis)
