"""Removing what is old, by block ranges (BRIN), which find it among millions of rows."""

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows

_OLD = """
DELETE FROM {table} WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM {table} WHERE {column} < %(before)s LIMIT %(most)s))
RETURNING true
"""


def forget(connection: Connection, table: str, column: str, before: object, most: int) -> int:
    """Remove as many as ``most`` rows; how many they were."""
    statement = _OLD.format(table=table, column=column)
    return len(rows(connection, statement, {"before": before, "most": most}))
