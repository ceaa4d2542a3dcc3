"""What publishing events, and handing them on, needs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID


class Publish(Protocol):
    def __call__(self, event: object) -> None:
        """Have other contexts learn of it, at least once, if the unit of work commits.

        ``event`` is one of the domain's events that the outbox knows; ``TypeError`` for another.
        """


@dataclass(frozen=True, slots=True)
class Envelope:
    """An event in the outbox: ``kind`` names its type, ``data`` are its fields, JSON-ready."""

    id: UUID
    kind: str
    at: datetime
    data: Mapping[str, object]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


@dataclass(frozen=True, slots=True)
class Lag:
    """How much waits to be handled, and for how long the oldest has, in seconds.

    Looked at are some 2,000: beyond that it is too much in any case.
    """

    waiting: int
    oldest: float


class Outbox(Protocol):
    """Events that nobody has handled yet; a ``Waiting`` of ``Envelope``."""

    def take(self) -> Envelope | None:
        """See ``Waiting``; the oldest first, so far as nobody else has it."""

    def postpone(self, item: Envelope) -> None:
        """See ``Waiting``."""

    def lag(self) -> Lag: ...
