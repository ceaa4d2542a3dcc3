"""One unit of work of identity, in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.identity.accounts import MemoryAccountTypes
from stonks.adapters.memory.identity.deletion import MemoryDeletions
from stonks.adapters.memory.identity.external import (
    MemoryEntryCodes,
    MemoryExternalFlows,
    MemoryExternalIdentities,
)
from stonks.adapters.memory.identity.mail_links import MemoryEmailProofs, MemoryMailLinks
from stonks.adapters.memory.identity.passkeys import MemoryCeremonies, MemoryPasskeys
from stonks.adapters.memory.identity.profiles import MemoryPasswordStore, MemoryProfiles
from stonks.adapters.memory.identity.second_factors import (
    MemoryHalfSessions,
    MemorySecondFactors,
)
from stonks.adapters.memory.identity.session_care import (
    MemorySessionCookies,
    MemorySessionUpkeep,
)
from stonks.adapters.memory.identity.sessions import MemoryRefreshTokens, MemorySessions
from stonks.adapters.memory.identity.staff import MemoryAudit, MemoryStaff
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.mail import MailTables, MemoryOutgoingMails
from stonks.adapters.memory.media import MemoryLooseMedia


@dataclass(slots=True)
class MemoryIdentityWork:
    """``IdentityWork`` on tables in memory."""

    tables: IdentityTables
    mail_tables: MailTables
    profiles: MemoryProfiles = field(init=False)
    passwords: MemoryPasswordStore = field(init=False)
    sessions: MemorySessions = field(init=False)
    refresh_tokens: MemoryRefreshTokens = field(init=False)
    session_cookies: MemorySessionCookies = field(init=False)
    session_upkeep: MemorySessionUpkeep = field(init=False)
    staff: MemoryStaff = field(init=False)
    audit: MemoryAudit = field(init=False)
    account_types: MemoryAccountTypes = field(init=False)
    mails: MemoryOutgoingMails = field(init=False)
    loose_media: MemoryLooseMedia = field(init=False)
    deletions: MemoryDeletions = field(init=False)
    mail_links: MemoryMailLinks = field(init=False)
    email_proofs: MemoryEmailProofs = field(init=False)
    identities: MemoryExternalIdentities = field(init=False)
    external_flows: MemoryExternalFlows = field(init=False)
    entry_codes: MemoryEntryCodes = field(init=False)
    passkeys: MemoryPasskeys = field(init=False)
    ceremonies: MemoryCeremonies = field(init=False)
    second_factors: MemorySecondFactors = field(init=False)
    half_sessions: MemoryHalfSessions = field(init=False)

    def __post_init__(self) -> None:
        self.profiles = MemoryProfiles(self.tables)
        self.passwords = MemoryPasswordStore(self.tables)
        self.sessions = MemorySessions(self.tables)
        self.refresh_tokens = MemoryRefreshTokens(self.tables)
        self.session_cookies = MemorySessionCookies(self.tables)
        self.session_upkeep = MemorySessionUpkeep(self.tables)
        self.staff = MemoryStaff(self.tables)
        self.audit = MemoryAudit(self.tables)
        self.account_types = MemoryAccountTypes(self.tables.accounts)
        self.mails = MemoryOutgoingMails(self.mail_tables)
        self.loose_media = MemoryLooseMedia(self.tables.loose_media)
        self.deletions = MemoryDeletions(self.tables)
        self.mail_links = MemoryMailLinks(self.tables, self.mail_tables)
        self.email_proofs = MemoryEmailProofs(self.tables)
        self.identities = MemoryExternalIdentities(self.tables.external)
        self.external_flows = MemoryExternalFlows(self.tables.external)
        self.entry_codes = MemoryEntryCodes(self.tables.external)
        self.passkeys = MemoryPasskeys(self.tables)
        self.ceremonies = MemoryCeremonies(self.tables.passkeys)
        self.second_factors = MemorySecondFactors(self.tables.second_factors)
        self.half_sessions = MemoryHalfSessions(self.tables.second_factors)
