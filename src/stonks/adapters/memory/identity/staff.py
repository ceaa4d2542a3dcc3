"""Staff and audit in memory."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.accounts import MemoryAccountTypes
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.account_type import STAFF
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryStaff:
    """``StaffRepository``: who is of the type ``staff``."""

    tables: IdentityTables

    def add(self, profile_id: ProfileId, at: datetime, by: str) -> bool:
        return MemoryAccountTypes(self.tables.accounts).grant(profile_id, STAFF, at, by)

    def remove(self, profile_id: ProfileId) -> bool:
        return MemoryAccountTypes(self.tables.accounts).revoke(profile_id, STAFF)


@dataclass(frozen=True, slots=True)
class MemoryAudit:
    """``Audit`` on tables in memory."""

    tables: IdentityTables

    def record(self, entry: AuditEntry) -> None:
        self.tables.audit.put(entry.id, entry)
