"""Mails that have not left yet, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.database import Database, Table
from stonks.application.mail.ports import Mail


@dataclass(slots=True)
class Journey:
    """How far a mail has come."""

    due_at: datetime
    attempts: int = 0
    claimed_at: datetime | None = None


def _nothing() -> None:
    """What follows a mail that is queued, where nothing does."""


@dataclass(slots=True)
class MailTables:
    """The tables of mail, on a database that contexts share; ``queued`` is told of each mail."""

    database: Database
    queued: Callable[[], None] = _nothing
    outgoing: Table[UUID, Mail] = field(init=False)
    journeys: Table[UUID, Journey] = field(init=False)

    def __post_init__(self) -> None:
        self.outgoing = Table(self.database)
        self.journeys = Table(self.database)

    def journey(self, mail: Mail) -> Journey:
        return self.journeys.get(mail.id) or Journey(due_at=mail.at)

    def due(self, at: datetime) -> list[tuple[datetime, UUID, Mail]]:
        """Those that nobody has, and since when and of which id; the one due longest is least."""
        return [
            (journey.due_at, mail.id, mail)
            for mail in self.outgoing.where(lambda row: True)
            if (journey := self.journey(mail)).claimed_at is None and journey.due_at <= at
        ]


@dataclass(frozen=True, slots=True)
class MemoryOutgoingMails:
    """``OutgoingMails`` on tables in memory."""

    tables: MailTables

    def add(self, mail: Mail) -> None:
        self.tables.outgoing.put(mail.id, mail)
        self.tables.queued()
