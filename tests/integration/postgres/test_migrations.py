"""The schema goes up, down and up again, and is then what the tables say."""

from concurrent.futures import ThreadPoolExecutor

from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import create_engine, text

from stonks.adapters.postgres import migrate
from stonks.adapters.postgres.tables import metadata


def test_each_version_goes_up_and_down_and_up(empty_postgres_url: str) -> None:
    below = "base"
    for revision in migrate.revisions():
        migrate.upgrade(empty_postgres_url, revision)
        migrate.downgrade(empty_postgres_url, below)
        migrate.upgrade(empty_postgres_url, revision)
        assert migrate.current(empty_postgres_url) == revision
        below = revision
    assert migrate.current(empty_postgres_url) == migrate.head()
    migrate.downgrade(empty_postgres_url, "base")
    assert left_over(empty_postgres_url) == ["alembic_version"]


def test_starts_at_the_same_time_migrate_once(empty_postgres_url: str) -> None:
    with ThreadPoolExecutor() as pool:
        list(pool.map(migrate.upgrade, [empty_postgres_url] * 4))
    assert migrate.current(empty_postgres_url) == migrate.head()


def test_the_schema_is_what_the_tables_say(postgres_url: str) -> None:
    with create_engine(postgres_url).connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, metadata) == []


def test_a_migration_does_not_wait_long_for_a_lock(empty_postgres_url: str) -> None:
    with migrate._alone(empty_postgres_url) as connection:
        assert connection.execute(text("SHOW lock_timeout")).scalar() == migrate.LOCK_TIMEOUT


def left_over(url: str) -> list[str]:
    statement = text("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    with create_engine(url).connect() as connection:
        return list(connection.execute(statement).scalars())
