"""One way of telling one person, and how far it has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from stonks.domain.ids import NoticeId, ProfileId

NO_TARGET = UUID(int=0)
"""Of ways that reach a person as a whole, and not one of their devices."""
DELAYS = tuple(timedelta(seconds=seconds) for seconds in (10, 60, 300, 1800, 7200))
LONGEST_WAIT = timedelta(hours=6)
"""Whoever asks us to come back later than this is not asked again."""
LONGEST_SENDING = timedelta(minutes=10)
"""Who has not come back by then never will: their process is gone."""


class State(StrEnum):
    SKIPPED = "skipped"
    """It was decided not to use this way."""
    WAITING = "waiting"
    """To be sent, or to be sent again."""
    LEAVING = "leaving"
    """In the hands of one sender, who alone may send it, once."""
    SENT = "sent"
    FAILED = "failed"
    DROPPED = "dropped"
    """Not wanted any more when its turn came."""
    LOST = "lost"
    """Its sender died in the middle; nobody knows whether it left, so it is not sent again."""


@dataclass(frozen=True, slots=True)
class DeliveryKey:
    """Which notice, to whom, in which way, to which of their devices."""

    notice_id: NoticeId
    profile_id: ProfileId
    way: str
    target: UUID = NO_TARGET


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one way, or one device: ``reason`` is snake_case."""

    way: str
    state: State
    reason: str
    target: UUID = NO_TARGET


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided about each of these people."""

    people: Sequence[ProfileId]
    decisions: Sequence[Decision]


def delay_after(attempt: int, asked: float | None) -> timedelta | None:
    """How long until the next attempt; None where there is none.

    ``attempt`` counts from 1; ``asked`` is what whoever refused said, in seconds.
    """
    if attempt > len(DELAYS):
        return None
    wanted = max(DELAYS[attempt - 1], timedelta(seconds=asked or 0))
    return wanted if wanted <= LONGEST_WAIT else None
