"""Events on their way, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import UUID

from stonks.adapters.clock import new_id
from stonks.adapters.memory.database import Database
from stonks.adapters.memory.outbox.queue import Queue
from stonks.adapters.outbox.writing import written
from stonks.application.outbox.ports import Envelope, Lag
from stonks.application.ports import Clock


def _nothing() -> None:
    """What follows an event that is published, where nothing does."""


@dataclass(slots=True)
class OutboxTables:
    """Events that nobody has handled; ``published`` is told of each."""

    database: Database
    now: Clock
    published: Callable[[], None] = _nothing
    events: Queue[UUID, Envelope] = field(init=False)

    def __post_init__(self) -> None:
        self.events = Queue(self.database, self.now)


@dataclass(frozen=True, slots=True)
class MemoryPublish:
    """``Publish`` on tables in memory."""

    tables: OutboxTables

    def __call__(self, event: object) -> None:
        envelope = written(new_id(), event)
        self.tables.events.put(envelope.id, envelope)
        self.tables.published()


@dataclass(frozen=True, slots=True)
class MemoryOutbox:
    """``Outbox`` on tables in memory."""

    tables: OutboxTables

    def take(self) -> Envelope | None:
        return self.tables.events.take()

    def postpone(self, item: Envelope) -> None:
        self.tables.events.postpone(item.id)

    def lag(self) -> Lag:
        waiting = self.tables.events.items.where(lambda row: True)
        now = self.tables.now()
        oldest = min((envelope.at for envelope in waiting), default=now)
        return Lag(len(waiting), max(0.0, (now - oldest).total_seconds()))
