"""One unit of work of identity, on PostgreSQL."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from stonks.adapters.postgres.identity.accounts import PostgresAccountTypes
from stonks.adapters.postgres.identity.audit import PostgresAudit
from stonks.adapters.postgres.identity.deletion import PostgresDeletions
from stonks.adapters.postgres.identity.external import (
    PostgresEntryCodes,
    PostgresExternalFlows,
    PostgresExternalIdentities,
)
from stonks.adapters.postgres.identity.mail_links import PostgresEmailProofs, PostgresMailLinks
from stonks.adapters.postgres.identity.passkeys import PostgresCeremonies, PostgresPasskeys
from stonks.adapters.postgres.identity.profiles import PostgresPasswordStore, PostgresProfiles
from stonks.adapters.postgres.identity.second_factors import (
    PostgresHalfSessions,
    PostgresSecondFactors,
)
from stonks.adapters.postgres.identity.session_care import (
    PostgresSessionCookies,
    PostgresSessionUpkeep,
)
from stonks.adapters.postgres.identity.sessions import PostgresRefreshTokens, PostgresSessions
from stonks.adapters.postgres.identity.staff import PostgresStaff
from stonks.adapters.postgres.mail import PostgresOutgoingMails
from stonks.adapters.postgres.media import PostgresLooseMedia


@dataclass(slots=True)
class PostgresIdentityWork:
    """``IdentityWork`` in one transaction."""

    connection: Connection
    profiles: PostgresProfiles = field(init=False)
    passwords: PostgresPasswordStore = field(init=False)
    sessions: PostgresSessions = field(init=False)
    refresh_tokens: PostgresRefreshTokens = field(init=False)
    session_cookies: PostgresSessionCookies = field(init=False)
    session_upkeep: PostgresSessionUpkeep = field(init=False)
    staff: PostgresStaff = field(init=False)
    audit: PostgresAudit = field(init=False)
    account_types: PostgresAccountTypes = field(init=False)
    mails: PostgresOutgoingMails = field(init=False)
    loose_media: PostgresLooseMedia = field(init=False)
    deletions: PostgresDeletions = field(init=False)
    mail_links: PostgresMailLinks = field(init=False)
    email_proofs: PostgresEmailProofs = field(init=False)
    identities: PostgresExternalIdentities = field(init=False)
    external_flows: PostgresExternalFlows = field(init=False)
    entry_codes: PostgresEntryCodes = field(init=False)
    passkeys: PostgresPasskeys = field(init=False)
    ceremonies: PostgresCeremonies = field(init=False)
    second_factors: PostgresSecondFactors = field(init=False)
    half_sessions: PostgresHalfSessions = field(init=False)

    def __post_init__(self) -> None:
        self.profiles = PostgresProfiles(self.connection)
        self.passwords = PostgresPasswordStore(self.connection)
        self.sessions = PostgresSessions(self.connection)
        self.refresh_tokens = PostgresRefreshTokens(self.connection)
        self.session_cookies = PostgresSessionCookies(self.connection)
        self.session_upkeep = PostgresSessionUpkeep(self.connection)
        self.staff = PostgresStaff(self.connection)
        self.audit = PostgresAudit(self.connection)
        self.account_types = PostgresAccountTypes(self.connection)
        self.mails = PostgresOutgoingMails(self.connection)
        self.loose_media = PostgresLooseMedia(self.connection)
        self.deletions = PostgresDeletions(self.connection)
        self.mail_links = PostgresMailLinks(self.connection)
        self.email_proofs = PostgresEmailProofs(self.connection)
        self.identities = PostgresExternalIdentities(self.connection)
        self.external_flows = PostgresExternalFlows(self.connection)
        self.entry_codes = PostgresEntryCodes(self.connection)
        self.passkeys = PostgresPasskeys(self.connection)
        self.ceremonies = PostgresCeremonies(self.connection)
        self.second_factors = PostgresSecondFactors(self.connection)
        self.half_sessions = PostgresHalfSessions(self.connection)
