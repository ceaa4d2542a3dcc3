"""What identity keeps in memory; neighbours may read it."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.database import Database, Table
from stonks.adapters.memory.identity.account_tables import AccountTables
from stonks.adapters.memory.identity.external_tables import ExternalTables
from stonks.adapters.memory.identity.mail_link_tables import MailLinkTables
from stonks.adapters.memory.identity.passkey_tables import PasskeyTables
from stonks.adapters.memory.identity.second_factors import SecondFactorTables
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.access_token import AccessToken
from stonks.domain.identity.deletion import Deletion
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


@dataclass(slots=True)
class IdentityTables:
    """The tables of identity, on a database that other contexts share."""

    database: Database
    profiles: Table[ProfileId, Profile] = field(init=False)
    passwords: Table[ProfileId, str] = field(init=False)
    sessions: Table[SessionId, Session] = field(init=False)
    refresh_tokens: Table[bytes, RefreshToken] = field(init=False)
    session_cookies: Table[SessionId, bytes] = field(init=False)
    access_tokens: Table[SessionId, AccessToken] = field(init=False)
    accounts: AccountTables = field(init=False)
    audit: Table[UUID, AuditEntry] = field(init=False)
    deletions: Table[ProfileId, Deletion] = field(init=False)
    loose_media: Table[str, datetime] = field(init=False)
    external: ExternalTables = field(init=False)
    mail_links: MailLinkTables = field(init=False)
    passkeys: PasskeyTables = field(init=False)
    second_factors: SecondFactorTables = field(init=False)

    def __post_init__(self) -> None:
        self.profiles = Table(self.database)
        self.passwords = Table(self.database)
        self.sessions = Table(self.database)
        self.refresh_tokens = Table(self.database)
        self.session_cookies = Table(self.database)
        self.access_tokens = Table(self.database)
        self.accounts = AccountTables(self.database)
        self.audit = Table(self.database)
        self.deletions = Table(self.database)
        self.loose_media = Table(self.database)
        self.external = ExternalTables(self.database)
        self.mail_links = MailLinkTables(self.database)
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
        return self.accounts.rank(profile_id).is_staff
