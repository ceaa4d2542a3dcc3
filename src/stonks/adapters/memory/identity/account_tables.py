"""Account types and who is of which, as memory keeps them."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from stonks.adapters.memory.database import Database, Table
from stonks.domain.identity.account_type import MEMBER, STAFF, AccountType
from stonks.domain.identity.permission import FOR_EVERYBODY
from stonks.domain.identity.rank import HIGHEST_RANK, Rank
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class GrantRow:
    profile_id: ProfileId
    name: str
    granted_at: datetime
    granted_by: str


@dataclass(slots=True)
class AccountTables:
    """The types by name, those that are built in among them, and what was given to whom."""

    database: Database
    types: Table[str, AccountType] = field(init=False)
    grants: Table[tuple[ProfileId, str], GrantRow] = field(init=False)

    def __post_init__(self) -> None:
        self.types = Table(self.database)
        self.grants = Table(self.database)
        at = datetime.now(UTC)
        for name, description, permissions in (
            (MEMBER, "Everybody who signed up.", FOR_EVERYBODY),
            (STAFF, "SUPERADMIN: may do everything.", frozenset()),
        ):
            self.types.rows[name] = AccountType(name, description, permissions, at, "stonks")

    def given(self, profile_id: ProfileId) -> list[GrantRow]:
        """What was given to one person, by name."""
        with self.database.lock:
            rows = self.grants.where(lambda row: row.profile_id == profile_id)
        return sorted(rows, key=lambda row: row.name)

    def rank(self, profile_id: ProfileId) -> Rank:
        with self.database.lock:
            names = [MEMBER, *(row.name for row in self.given(profile_id))]
            types = [found for name in names if (found := self.types.get(name))]
        if STAFF in names:
            return HIGHEST_RANK
        return Rank(frozenset().union(*(found.permissions for found in types)))
