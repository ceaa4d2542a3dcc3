"""What links by mail keep in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.domain.identity.mail_link import MailLink
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class MailLinkTables:
    """The tables of links by mail: the links, and the addresses that were proved by them."""

    database: Database
    links: Table[bytes, MailLink] = field(init=False)
    proofs: Table[ProfileId, str] = field(init=False)

    def __post_init__(self) -> None:
        self.links = Table(self.database)
        self.proofs = Table(self.database)

    def is_proven(self, profile: Profile) -> bool:
        """Whether the address that this profile has now was proved."""
        proved = self.proofs.get(profile.id)
        return proved is not None and proved.lower() == profile.email.lower()
