"""The audit on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from stonks.adapters.postgres.tables.identity import audit
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.accounts.ports import EntriesWanted
from stonks.application.identity.ports import AuditEntry


@dataclass(frozen=True, slots=True)
class PostgresAudit:
    """``Audit`` on the table ``audit``, which a trigger lets only grow."""

    connection: Connection

    def record(self, entry: AuditEntry) -> None:
        self.connection.execute(insert(audit).values(asdict(entry)))


def read_audit(
    reads: Reads, wanted: EntriesWanted, *, before: UUID | None, limit: int
) -> Sequence[AuditEntry]:
    """The newest first."""
    query = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if wanted.actor is not None:
        query = query.where(audit.c.actor == wanted.actor)
    if wanted.by is not None:
        query = query.where(func.lower(audit.c.by) == wanted.by.lower())
    if wanted.action is not None:
        query = query.where(audit.c.action == wanted.action)
    if wanted.subject is not None:
        query = query.where(audit.c.subject == wanted.subject)
    if before is not None:
        query = query.where(audit.c.id < before)
    with reads.connect() as connection:
        return [AuditEntry(**row._mapping) for row in connection.execute(query)]
