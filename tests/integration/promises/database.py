"""What a test does to PostgreSQL behind the servers' backs."""

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic, sleep

import psycopg2
from psycopg2.extensions import connection as Connection  # noqa: N812
from sqlalchemy import make_url

PATIENCE = 10.0
_SLOW_COMMITS = """
CREATE FUNCTION be_slow() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN PERFORM pg_sleep(1); RETURN NULL; END $$;
CREATE CONSTRAINT TRIGGER slow_commit AFTER INSERT ON entries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION be_slow();
"""
_QUICK_COMMITS = "DROP TRIGGER slow_commit ON entries; DROP FUNCTION be_slow();"
_WAITING = """
SELECT count(*) FROM pg_stat_activity
 WHERE datname = current_database() AND (wait_event_type = %(on)s OR wait_event = %(on)s)
"""
_TERMINATE = """
SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity
 WHERE datname = current_database() AND pid <> pg_backend_pid()
"""


@contextmanager
def connected(url: str) -> Iterator[Connection]:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = psycopg2.connect(plain)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def locked(url: str, room: str) -> Iterator[None]:
    """Nobody writes to the room in this block."""
    with connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("BEGIN; SELECT FROM rooms WHERE id = %s FOR UPDATE", [room])
        yield
        cursor.execute("ROLLBACK")


@contextmanager
def slow_commits(url: str) -> Iterator[None]:
    """Whoever writes to a log waits for a second in its COMMIT, which then succeeds."""
    with connected(url) as connection, connection.cursor() as cursor:
        cursor.execute(_SLOW_COMMITS)
        yield
        cursor.execute(_QUICK_COMMITS)


def wait_until_somebody_waits(url: str, on: str) -> None:
    """For an event, or a type of event, of ``pg_stat_activity``."""
    end = monotonic() + PATIENCE
    with connected(url) as connection, connection.cursor() as cursor:
        while True:
            cursor.execute(_WAITING, {"on": on})
            (count,) = cursor.fetchone() or (0,)
            if count:
                return
            assert monotonic() < end, f"nobody waits for {on}"
            sleep(0.005)


def terminate_backends(url: str) -> int:
    """Cut everybody's connection, whatever it is doing; how many there were."""
    with connected(url) as connection, connection.cursor() as cursor:
        cursor.execute(_TERMINATE)
        (count,) = cursor.fetchone() or (0,)
    return int(count)
