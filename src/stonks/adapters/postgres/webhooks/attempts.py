"""What was sent to endpoints, and what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, RowMapping

from stonks.adapters.clock import first_id
from stonks.adapters.postgres.bare import Prepared
from stonks.adapters.postgres.forgetting import forget
from stonks.domain.webhooks.attempt import Attempt, Outcome, Reason

_COLUMNS = "endpoint_id, id, event_id, event_type, seq, at, duration_ms, outcome, status, reason"
_ADD = Prepared(
    "webhook_attempts",
    ("json",),
    f"""
INSERT INTO webhook_attempts ({_COLUMNS}, detail)
SELECT {_COLUMNS}, detail FROM json_to_recordset($1) AS new (
  endpoint_id uuid, id uuid, event_id text, event_type text, seq bigint, at timestamptz,
  duration_ms int, outcome text, status smallint, reason text, detail text)
""",
)
_MILLISECOND = timedelta(milliseconds=1)


@dataclass(frozen=True, slots=True)
class PostgresAttempts:
    """``Attempts`` on the table ``webhook_attempts``."""

    connection: Connection

    def add(self, attempts: Sequence[Attempt]) -> None:
        if attempts:
            new = msgspec.json.encode([_row(attempt) for attempt in attempts]).decode()
            _ADD.rows(self.connection, (new,))

    def forget(self, before: datetime, most: int) -> int:
        first = str(first_id(before))
        return forget(self.connection, "webhook_attempts", "id", first, most)


def attempt_of(row: RowMapping) -> Attempt:
    """From all columns of its table, and no other."""
    values: dict[str, Any] = dict(row)
    reason = values["reason"]
    values["duration"] = values.pop("duration_ms") * _MILLISECOND
    values["outcome"] = Outcome(row["outcome"])
    values["reason"] = None if reason is None else Reason(reason)
    return Attempt(**values)


def _row(attempt: Attempt) -> dict[str, Any]:
    row = {name: getattr(attempt, name) for name in Attempt.__dataclass_fields__}
    row["duration_ms"] = round(row.pop("duration") / _MILLISECOND)
    return row
