"""Staff on PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from stonks.adapters.postgres.identity.accounts import PostgresAccountTypes
from stonks.domain.identity.account_type import STAFF
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresStaff:
    """``StaffRepository``: who is of the type ``staff``."""

    connection: Connection

    def add(self, profile_id: ProfileId, at: datetime, by: str) -> bool:
        return PostgresAccountTypes(self.connection).grant(profile_id, STAFF, at, by)

    def remove(self, profile_id: ProfileId) -> bool:
        return PostgresAccountTypes(self.connection).revoke(profile_id, STAFF)
