"""Hot statements by the bare driver: Core's results cost twice as much again."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg2
from sqlalchemy import Connection

Values = Mapping[str, object]


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


def _notice_the_loss(connection: Connection) -> None:
    """Where the server is gone, have the pool find out, so that it gives nobody else the like."""
    if connection.connection.dbapi_connection.closed:  # type: ignore[union-attr]
        connection.exec_driver_sql("SELECT 1")
