"""What is done apart from requests: is somebody there to do it?"""

from collections.abc import Iterator

import psycopg2
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from stonks.adapters.postgres import migrate
from stonks.adapters.postgres.outbox.outbox import PostgresOutbox
from stonks.adapters.postgres.outbox.turns import is_relay_active
from stonks.application.outbox.ports import Lag
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.settings import Settings

LATE = 60.0
"""Seconds that an event waits at most where all is well, a failure and its retry included."""


def look_at_work(settings: Settings) -> Iterator[Finding]:
    if "memory" in (settings.storage, settings.signals):
        return
    try:
        with migrate.lone_engine(settings.database_url).connect() as connection:
            yield from _looked_at(connection)
    except (DBAPIError, psycopg2.Error):
        return  # told of the database


def _looked_at(connection: Connection) -> Iterator[Finding]:
    if is_relay_active(connection):
        yield Finding("relay", "one is active")
    else:
        yield doubtful("relay", "none is active", "stonks up runs one, or stonks relay")
    yield _work(PostgresOutbox(connection).lag())


def _work(lag: Lag) -> Finding:
    if lag.oldest < LATE:
        return Finding("work", f"{lag.waiting} events wait" if lag.waiting else "nothing waits")
    waiting = f"{lag.waiting} events wait, one for {lag.oldest:.0f} s"
    return ill("work", waiting, "start stonks relay and stonks worker, or look at their logs")
