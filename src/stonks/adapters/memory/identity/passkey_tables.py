"""What passkeys keep in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.domain.identity.ceremony import Ceremony
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class PasskeyTables:
    """The tables of passkeys, on a database that others share."""

    database: Database
    passkeys: Table[PasskeyId, Passkey] = field(init=False)
    handles: Table[ProfileId, bytes] = field(init=False)
    ceremonies: Table[bytes, Ceremony] = field(init=False)

    def __post_init__(self) -> None:
        self.passkeys = Table(self.database)
        self.handles = Table(self.database)
        self.ceremonies = Table(self.database)

    def second_factors(self, profile_id: ProfileId) -> int:
        """How many of this person's count as one."""
        mine = self.passkeys.where(lambda row: row.profile_id == profile_id)
        return sum(row.is_second_factor for row in mine)
