"""What all tables of waiting things share: taking one, and leaving one alone for a while."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows

_TAKE = """
DELETE FROM {table} WHERE {key} = (
  SELECT {key} FROM {table} WHERE not_before IS NULL OR not_before <= now()
   ORDER BY {order} LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING {columns}
"""
_POSTPONE = """
UPDATE {table} SET attempts = attempts + 1,
       not_before = now() + least(600, 2 ^ least(attempts, 10)) * interval '1 second'
 WHERE {key} = %(id)s::uuid
"""


def take(
    connection: Connection, table: str, key: str, columns: Sequence[str], *, order: str = ""
) -> tuple[Any, ...] | None:
    """Remove the first that may be done now and that nobody holds: the oldest, by default."""
    statement = _TAKE.format(table=table, key=key, columns=", ".join(columns), order=order or key)
    found = rows(connection, statement, _NOTHING)
    return found[0] if found else None


def postpone(connection: Connection, table: str, key: str, id_: object) -> None:
    rows(connection, _POSTPONE.format(table=table, key=key), {"id": str(id_)})


_NOTHING: Mapping[str, object] = {}
