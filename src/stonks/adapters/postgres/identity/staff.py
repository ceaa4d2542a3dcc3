"""Staff and audit on PostgreSQL."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import Connection, delete
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.identity import audit, staff
from stonks.application.identity.ports import AuditEntry
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresStaff:
    """``StaffRepository`` on the table ``staff``."""

    connection: Connection

    def add(self, profile_id: ProfileId, at: datetime, by: str) -> bool:
        new = insert(staff).values(profile_id=profile_id, granted_at=at, granted_by=by)
        added = new.on_conflict_do_nothing().returning(staff.c.profile_id)
        return self.connection.execute(added).one_or_none() is not None

    def remove(self, profile_id: ProfileId) -> bool:
        removed = delete(staff).where(staff.c.profile_id == profile_id)
        gone = self.connection.execute(removed.returning(staff.c.profile_id))
        return gone.one_or_none() is not None


@dataclass(frozen=True, slots=True)
class PostgresAudit:
    """``Audit`` on the table ``audit``."""

    connection: Connection

    def record(self, entry: AuditEntry) -> None:
        self.connection.execute(insert(audit).values(asdict(entry)))
