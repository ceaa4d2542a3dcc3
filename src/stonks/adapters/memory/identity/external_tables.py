"""What signing in by other issuers keeps in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.domain.identity.external_flow import EntryCode, ExternalFlow
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class ExternalTables:
    """The tables of other issuers, on a database that others share."""

    database: Database
    identities: Table[ExternalIdentityId, ExternalIdentity] = field(init=False)
    flows: Table[bytes, ExternalFlow] = field(init=False)
    codes: Table[bytes, EntryCode] = field(init=False)

    def __post_init__(self) -> None:
        self.identities = Table(self.database)
        self.flows = Table(self.database)
        self.codes = Table(self.database)

    def of(self, profile_id: ProfileId) -> list[ExternalIdentity]:
        """The identities of one person."""
        return self.identities.where(lambda row: row.profile_id == profile_id)

    def end_codes(self, profile_id: ProfileId) -> None:
        for code in self.codes.where(lambda row: row.profile_id == profile_id):
            self.codes.remove(code.code)
