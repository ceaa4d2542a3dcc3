"""Staff and audit in memory."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.tables import IdentityTables, StaffRow
from stonks.application.identity.ports import AuditEntry
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryStaff:
    """``StaffRepository`` on tables in memory."""

    tables: IdentityTables

    def add(self, profile_id: ProfileId, at: datetime, by: str) -> bool:
        if self.tables.is_staff(profile_id):
            return False
        self.tables.staff.put(profile_id, StaffRow(profile_id, at, by))
        return True

    def remove(self, profile_id: ProfileId) -> bool:
        return self.tables.staff.remove(profile_id)


@dataclass(frozen=True, slots=True)
class MemoryAudit:
    """``Audit`` on tables in memory."""

    tables: IdentityTables

    def record(self, entry: AuditEntry) -> None:
        self.tables.audit.put(entry.id, entry)
