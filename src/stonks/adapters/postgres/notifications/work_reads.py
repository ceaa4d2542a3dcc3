"""How much waits, how much of it fails, and for how long it has waited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.outbox.outbox import PostgresOutbox
from stonks.adapters.postgres.work import Reads
from stonks.application.outbox.ports import Lag
from stonks.domain.webhooks.endpoint import Lane

ENOUGH = 2_000
_BY_JOB = {"events": "outbox", "fanouts": "fanouts", "batches": "notification_batches"}
_READY = "not_before IS NULL OR not_before <= now()"
_DUE = "state = 'waiting' AND due_at <= now()"
_MAIL_DUE = "claimed_at IS NULL AND due_at <= now()"
_DUE_NOW = "due_at <= now()"
_ENDPOINTS = "webhook_endpoints"
_FAILED = "due_at IS NOT NULL AND failures > 0"
_LANES = {f"webhooks.{lane}": f"lane = '{lane}' AND status = 'active'" for lane in Lane}
_OF_ID = "to_timestamp(('x' || translate(left({key}::text, 13), '-', ''))::bit(48)::bigint / 1e3)"
"""When an id was made (RFC 9562, 5.7)."""
_BEGAN = {
    "events": ("at", "id"),
    "fanouts": (_OF_ID.format(key="notice_id"), "not_before NULLS FIRST, notice_id"),
    "batches": (_OF_ID.format(key="id"), "id"),
}


def _count(job: str, table: str, which: str) -> str:
    few = f"SELECT FROM {table} WHERE {which} LIMIT {ENOUGH}"
    return f"SELECT '{job}', count(*) FROM ({few}) few"


def _count_by_way(which: str) -> str:
    few = f"SELECT FROM deliveries d WHERE d.way = way.way AND {which} LIMIT {ENOUGH}"
    counted = f"LATERAL (SELECT count(*) FROM ({few}) few) of_way"
    return f"SELECT 'deliveries.' || way, count FROM {_WAYS}, {counted}"


def _age(job: str, table: str, which: str, began: str, order: str) -> str:
    age = f"extract(epoch FROM now() - {began})"
    return f"(SELECT '{job}', {age} FROM {table} WHERE {which} ORDER BY {order} LIMIT 1)"


_WAYS = "unnest(%(ways)s::text[]) AS way"
_WAITING = " UNION ALL ".join(
    (
        *(_count(job, table, _READY) for job, table in _BY_JOB.items()),
        _count("mails", "outgoing_mails", _MAIL_DUE),
        *(_count(job, _ENDPOINTS, f"{ours} AND {_DUE_NOW}") for job, ours in _LANES.items()),
        _count("attendance", "attended_rooms", _DUE_NOW),
        _count_by_way(_DUE),
    )
)
_FAILING = " UNION ALL ".join(
    (
        *(_count(job, table, "attempts > 0") for job, table in _BY_JOB.items()),
        _count("mails", "outgoing_mails", "attempts > 0 AND claimed_at IS NULL"),
        *(_count(job, _ENDPOINTS, f"{ours} AND {_FAILED}") for job, ours in _LANES.items()),
        _count_by_way("state = 'waiting' AND attempts > 0"),
    )
)
_OLDEST = " UNION ALL ".join(
    (
        *(_age(job, table, _READY, *_BEGAN[job]) for job, table in _BY_JOB.items()),
        _age("mails", "outgoing_mails", _MAIL_DUE, "due_at", "due_at"),
        *(
            _age(job, _ENDPOINTS, f"{ours} AND {_DUE_NOW}", "due_at", "due_at")
            for job, ours in _LANES.items()
        ),
        _age("attendance", "attended_rooms", _DUE_NOW, "due_at", "due_at"),
        f"""
SELECT 'deliveries.' || way, extract(epoch FROM now() - due_at) FROM {_WAYS}, LATERAL (
  SELECT due_at FROM deliveries d WHERE d.way = way.way AND {_DUE} ORDER BY due_at LIMIT 1) first
""",
    )
)


@dataclass(frozen=True, slots=True)
class PostgresWorkReads:
    """``WorkReads`` in one statement each, which look no further than matters."""

    reads: Reads
    ways: Sequence[str]

    def waiting(self) -> Mapping[str, int]:
        return {job: count for job, count in self._rows(_WAITING) if count}

    def failing(self) -> Mapping[str, int]:
        return {job: count for job, count in self._rows(_FAILING) if count}

    def oldest(self) -> Mapping[str, float]:
        return {job: max(0.0, float(age)) for job, age in self._rows(_OLDEST)}

    def lag(self) -> Lag:
        with self.reads.connect() as connection:
            return PostgresOutbox(connection).lag()

    def _rows(self, statement: str) -> Sequence[tuple[Any, ...]]:
        with self.reads.connect() as connection:
            return rows(connection, statement, {"ways": list(self.ways)})
