"""Hot statements by the bare driver: Core's results cost twice as much again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg2
from sqlalchemy import Connection

Values = Mapping[str, object] | Sequence[object]


def rows(connection: Connection, sql: str, values: Values) -> Sequence[tuple[Any, ...]]:
    """The rows of one statement, in the transaction that ``connection`` is in."""
    cursor = connection.connection.cursor()
    try:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else ()
    except psycopg2.Error:
        _notice_the_loss(connection)
        raise
    finally:
        cursor.close()


@dataclass(frozen=True, slots=True)
class Prepared:
    """A statement that each connection plans once, since to plan it takes longer than to run it.

    ``types`` are those of its values, which ``sql`` calls $1 and so on. What must be so in its
    transaction is said ``first``.
    """

    name: str
    types: Sequence[str]
    sql: str
    first: str = ""

    def rows(self, connection: Connection, values: Sequence[object]) -> Sequence[tuple[Any, ...]]:
        """As ``rows``."""
        known: set[str] = connection.info.setdefault("prepared", set())
        if self.name not in known:
            rows(connection, f"PREPARE {self.name} ({', '.join(self.types)}) AS {self.sql}", {})
            known.add(self.name)
        places = ", ".join(["%s"] * len(self.types))
        return rows(connection, f"{self.first}EXECUTE {self.name} ({places})", values)


def _notice_the_loss(connection: Connection) -> None:
    """Where the server is gone, have the pool find out, so that it gives nobody else the like."""
    if connection.connection.dbapi_connection.closed:  # type: ignore[union-attr]
        connection.exec_driver_sql("SELECT 1")
