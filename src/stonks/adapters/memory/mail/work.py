"""One unit of work of mail, in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.identity.work import MemoryIdentityWork
from stonks.adapters.memory.mail.outgoing import MailTables
from stonks.adapters.memory.mail.queue import MemoryMailQueue
from stonks.application.identity.mail_links.addressees import IdentityAddressees


@dataclass(slots=True)
class MemoryMailWork:
    """``MailWork`` on tables in memory, with identity's answer to who reads a mail."""

    tables: IdentityTables
    mail_tables: MailTables
    queue: MemoryMailQueue = field(init=False)
    addressees: IdentityAddressees = field(init=False)

    def __post_init__(self) -> None:
        self.queue = MemoryMailQueue(self.mail_tables)
        self.addressees = IdentityAddressees(MemoryIdentityWork(self.tables, self.mail_tables))
