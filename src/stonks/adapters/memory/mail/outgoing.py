"""Mails that have not left yet, in memory."""

from dataclasses import dataclass, field
from uuid import UUID

from stonks.adapters.memory.database import Database, Table
from stonks.application.mail.ports import Mail


@dataclass(slots=True)
class MailTables:
    """The tables of mail, on a database that contexts share."""

    database: Database
    outgoing: Table[UUID, Mail] = field(init=False)

    def __post_init__(self) -> None:
        self.outgoing = Table(self.database)


@dataclass(frozen=True, slots=True)
class MemoryOutgoingMails:
    """``OutgoingMails`` on tables in memory."""

    tables: MailTables

    def add(self, mail: Mail) -> None:
        self.tables.outgoing.put(mail.id, mail)
