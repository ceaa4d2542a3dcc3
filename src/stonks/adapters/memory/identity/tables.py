"""What identity keeps in memory; neighbours may read it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.database import Database, Table
from stonks.adapters.memory.identity.passkey_tables import PasskeyTables
from stonks.adapters.memory.identity.second_factors import SecondFactorTables
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class StaffRow:
    profile_id: ProfileId
    granted_at: datetime
    granted_by: str


@dataclass(slots=True)
class IdentityTables:
    """The tables of identity, on a database that other contexts share."""

    database: Database
    profiles: Table[ProfileId, Profile] = field(init=False)
    passwords: Table[ProfileId, str] = field(init=False)
    sessions: Table[SessionId, Session] = field(init=False)
    refresh_tokens: Table[bytes, RefreshToken] = field(init=False)
    staff: Table[ProfileId, StaffRow] = field(init=False)
    audit: Table[UUID, AuditEntry] = field(init=False)
    passkeys: PasskeyTables = field(init=False)
    second_factors: SecondFactorTables = field(init=False)

    def __post_init__(self) -> None:
        self.profiles = Table(self.database)
        self.passwords = Table(self.database)
        self.sessions = Table(self.database)
        self.refresh_tokens = Table(self.database)
        self.staff = Table(self.database)
        self.audit = Table(self.database)
        self.passkeys = PasskeyTables(self.database)
        self.second_factors = SecondFactorTables(self.database, self.passkeys)

    def active(self, profile_id: ProfileId) -> Profile | None:
        """The profile, unless it is unknown or inactive."""
        profile = self.profiles.get(profile_id)
        return profile if profile and profile.active else None

    def named(self, username: str) -> Profile | None:
        """The profile of this name, whatever the case, active or not."""
        return self.profiles.first(lambda row: row.username.lower() == username.lower())

    def is_staff(self, profile_id: ProfileId) -> bool:
        return self.staff.get(profile_id) is not None
