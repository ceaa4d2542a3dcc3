"""What is kept for a while: found by ids, which tell when they were made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from stonks.adapters.clock import first_id
from stonks.adapters.postgres.bare import rows

_OLD = """
DELETE FROM {table} WHERE ctid = ANY (ARRAY(
  SELECT ctid FROM {table} WHERE {column} < %(before)s LIMIT %(most)s))
RETURNING true
"""


@dataclass(frozen=True, slots=True)
class PostgresRetention:
    """``Retention``; block ranges (BRIN) find what is old among millions of rows."""

    connection: Connection

    def forget_notices(self, before: datetime, most: int) -> int:
        first = str(first_id(before))
        held = self._old("notifications", "notice_id", first, most)
        return held if held >= most else held + self._old("notices", "id", first, most)

    def forget_deliveries(self, before: datetime, most: int) -> int:
        return self._old("deliveries", "notice_id", str(first_id(before)), most)

    def forget_actors(self, before: datetime, most: int) -> int:
        return self._old("notification_actors", "at", before, most)

    def _old(self, table: str, column: str, before: object, most: int) -> int:
        statement = _OLD.format(table=table, column=column)
        return len(rows(self.connection, statement, {"before": before, "most": most}))
