"""How much waits, how much of it fails, and for how long it has waited."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from stonks.adapters.memory.mail.outgoing import MailTables
from stonks.adapters.memory.notifications.tables import Kept, NotificationTables
from stonks.adapters.memory.outbox.tables import MemoryOutbox, OutboxTables
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.application.outbox.ports import Lag
from stonks.domain.notifications.delivery import State


@dataclass(frozen=True, slots=True)
class MemoryWorkReads:
    """``WorkReads``."""

    tables: NotificationTables
    outbox: OutboxTables
    mail: MailTables
    webhooks: WebhookTables

    def waiting(self) -> Mapping[str, int]:
        return Counter(job for job, _ in self._ready())

    def failing(self) -> Mapping[str, int]:
        return Counter(self._failing())

    def oldest(self) -> Mapping[str, float]:
        at, first = self.tables.now(), dict[str, datetime]()
        for job, began in self._ready():
            first.setdefault(job, began)
        return {job: max(0.0, (at - began).total_seconds()) for job, began in first.items()}

    def lag(self) -> Lag:
        return MemoryOutbox(self.outbox).lag()

    def _ready(self) -> Iterator[tuple[str, datetime]]:
        """What may be done now, by job in turn, and since when each has waited."""
        for event_id in self.outbox.events.ready():
            if event := self.outbox.events.items.get(event_id):
                yield "events", event.at
        for notice_id in self.tables.fanouts.ready():
            yield "fanouts", _made_at(notice_id)
        for batch_id in self.tables.batches.ready():
            yield "batches", _made_at(batch_id)
        at = self.tables.now()
        for due_at, _, _ in sorted(self.mail.due(at), key=lambda mail: mail[0]):
            yield "mails", due_at
        for row in sorted(self._waiting_deliveries(), key=lambda row: row.due_at):
            if row.due_at <= at:
                yield f"deliveries.{row.key.way}", row.due_at
        for due_at, job in sorted(self._due_later_or_now()):
            if due_at <= at:
                yield job, due_at

    def _failing(self) -> Iterator[str]:
        yield from ["events"] * self.outbox.events.failing()
        yield from ["fanouts"] * self.tables.fanouts.failing()
        yield from ["batches"] * self.tables.batches.failing()
        for mail in self.mail.outgoing.where(lambda row: True):
            journey = self.mail.journey(mail)
            if journey.attempts and journey.claimed_at is None:
                yield "mails"
        for row in self._waiting_deliveries():
            if row.attempts:
                yield f"deliveries.{row.key.way}"

        for endpoint in self.webhooks.active():
            if endpoint.failures and endpoint.due_at is not None:
                yield f"webhooks.{endpoint.lane}"

    def _due_later_or_now(self) -> Iterator[tuple[datetime, str]]:
        for endpoint in self.webhooks.active():
            if endpoint.due_at is not None:
                yield endpoint.due_at, f"webhooks.{endpoint.lane}"
        for room in self.webhooks.attended.rooms.where(lambda row: True):
            yield room.due_at, "attendance"

    def _waiting_deliveries(self) -> list[Kept]:
        return self.tables.deliveries.where(lambda row: row.state is State.WAITING)


def _made_at(id_: UUID) -> datetime:
    """When an id was made (RFC 9562, 5.7)."""
    return datetime.fromtimestamp((id_.int >> 80) / 1000, UTC)
