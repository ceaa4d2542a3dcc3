"""The queue of mails in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.mail.outgoing import Journey, MailTables
from stonks.application.mail.ports import Departure, Mail


@dataclass(frozen=True, slots=True)
class MemoryMailQueue:
    """``MailQueue`` on tables in memory."""

    tables: MailTables

    def claim(self, at: datetime) -> Departure | None:
        waiting = self.tables.due(at)
        if not waiting:
            return None
        mail = min(waiting)[2]
        journey = self.tables.journey(mail)
        journey.attempts, journey.claimed_at = journey.attempts + 1, at
        self.tables.journeys.put(mail.id, journey)
        return Departure(mail, journey.attempts)

    def put_back(self, mail_id: UUID, due_at: datetime) -> None:
        journey = self.tables.journeys.get(mail_id)
        if journey is not None:
            self.tables.journeys.put(mail_id, Journey(due_at, journey.attempts))

    def remove(self, mail_id: UUID) -> None:
        self.tables.outgoing.remove(mail_id)
        self.tables.journeys.remove(mail_id)

    def forget(self, before: datetime, most: int) -> Sequence[Mail]:
        lost = [
            mail
            for mail in self.tables.outgoing.where(lambda row: True)
            if (claimed_at := self.tables.journey(mail).claimed_at) and claimed_at < before
        ][:most]
        for mail in lost:
            self.remove(mail.id)
        return lost
