"""Events on their way, in memory."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from stonks.adapters.clock import new_id
from stonks.adapters.memory.database import Database, Table
from stonks.adapters.outbox.writing import written
from stonks.application.outbox.ports import Envelope


def _nothing() -> None:
    """What follows an event that is published, where nothing does."""


@dataclass(slots=True)
class OutboxTables:
    """Events, and until when somebody has each; ``published`` is told of each."""

    database: Database
    published: Callable[[], None] = _nothing
    events: Table[UUID, Envelope] = field(init=False)
    leases: Table[UUID, datetime] = field(init=False)

    def __post_init__(self) -> None:
        self.events = Table(self.database)
        self.leases = Table(self.database)


@dataclass(frozen=True, slots=True)
class MemoryPublish:
    """``Publish`` on tables in memory."""

    tables: OutboxTables

    def __call__(self, event: object) -> None:
        envelope = written(new_id(), event)
        self.tables.events.put(envelope.id, envelope)
        self.tables.published()
