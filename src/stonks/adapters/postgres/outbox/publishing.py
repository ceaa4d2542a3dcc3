"""Writing into the outbox, in the transaction of whoever publishes."""

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from stonks.adapters.clock import new_id
from stonks.adapters.outbox.writing import written
from stonks.adapters.postgres.tables.outbox import outbox

CHANNEL = "stonks_work"
"""Where PostgreSQL notifies whoever waits for work; what it says is its kind."""


@dataclass(frozen=True, slots=True)
class PostgresPublish:
    """``Publish`` on the table ``outbox``; who listens is woken by the commit."""

    connection: Connection

    def __call__(self, event: object) -> None:
        envelope = written(new_id(), event)
        row = {
            "id": envelope.id,
            "kind": envelope.kind,
            "at": envelope.at,
            "data": envelope.data,
        }
        self.connection.execute(insert(outbox).values(row))
        self.connection.execute(select(func.pg_notify(CHANNEL, "outbox")))
