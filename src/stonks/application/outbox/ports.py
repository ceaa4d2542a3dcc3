"""What publishing events, and handing them on, needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
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


@dataclass(frozen=True, slots=True)
class Lag:
    """How much waits to be handled, and for how long the oldest has, in seconds."""

    waiting: int
    oldest: float


class Outbox(Protocol):
    """Events that nobody has handled yet."""

    def hand_out(self, most: int, lease: timedelta) -> Sequence[UUID]:
        """The oldest that are in nobody's hands, which are the caller's for ``lease``.

        On the clock of the store. Of several callers at once each gets others.
        """

    def take(self, ids: Sequence[UUID]) -> Sequence[Envelope]:
        """Remove them, in their order; whoever rolls back puts them back.

        Those that somebody else has taken are left out, so that each is handled once.
        """

    def lag(self) -> Lag: ...
