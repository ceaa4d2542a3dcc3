"""The schema's versions: what the database has, what this Stonks needs, and the way there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, create_engine, make_url, text
from sqlalchemy.pool import NullPool

SCRIPTS = Path(__file__).parent / "migrations"
LOCK = 0x53544F4E4B53  # "STONKS": one migration of a database at a time
LOCK_TIMEOUT = "5s"


def upgrade(url: str, revision: str = "head") -> None:
    """Bring the schema up; starts that do so at once wait for each other and do it once."""
    with _alone(url) as connection:
        command.upgrade(_config(connection), revision)


def downgrade(url: str, revision: str) -> None:
    """Bring the schema down to ``revision``, or to nothing with ``base``. Loses what is dropped."""
    with _alone(url) as connection:
        command.downgrade(_config(connection), revision)


def current(url: str) -> str | None:
    """The version that the database has; None where it has none."""
    with lone_engine(url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def head() -> str | None:
    """The version that this Stonks needs."""
    return ScriptDirectory(str(SCRIPTS)).get_current_head()


def revisions() -> list[str]:
    """Every version, oldest first."""
    found = ScriptDirectory(str(SCRIPTS)).walk_revisions()
    return [script.revision for script in found][::-1]


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def lone_engine(url: str) -> Engine:
    """An engine without a pool, for what is done once."""
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg2"),
        poolclass=NullPool,
        connect_args={"connect_timeout": 5, "application_name": "stonks migrate"},
    )


@contextmanager
def _alone(url: str) -> Iterator[Connection]:
    with lone_engine(url).connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": LOCK})
        connection.execute(text(f"SET lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.commit()  # the lock is the session's, and ends with it
        yield connection
