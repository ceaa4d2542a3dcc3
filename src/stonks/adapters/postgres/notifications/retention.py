"""What is kept for a while: found by ids, which tell when they were made."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from stonks.adapters.clock import first_id
from stonks.adapters.postgres.forgetting import forget


@dataclass(frozen=True, slots=True)
class PostgresRetention:
    """``Retention``."""

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
        return forget(self.connection, table, column, before, most)
