"""The outbox as those who handle it see it."""

from dataclasses import dataclass

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.outbox.postponing import postpone, take
from stonks.application.outbox.ports import Envelope, Lag

_LAG = """
SELECT count(*), coalesce(extract(epoch FROM now() - min(at)), 0)
  FROM (SELECT at FROM outbox ORDER BY id LIMIT 2000) oldest
"""


@dataclass(frozen=True, slots=True)
class PostgresOutbox:
    """``Outbox`` on the table ``outbox``."""

    connection: Connection

    def take(self) -> Envelope | None:
        found = take(self.connection, "outbox", "id", ("id", "kind", "at", "data"))
        return Envelope(*found) if found else None

    def postpone(self, item: Envelope) -> None:
        postpone(self.connection, "outbox", "id", item.id)

    def lag(self) -> Lag:
        waiting, oldest = rows(self.connection, _LAG, {})[0]
        return Lag(waiting, max(0.0, float(oldest)))
