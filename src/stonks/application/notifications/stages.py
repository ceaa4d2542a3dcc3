"""What waits between what happened and who is told: audiences, and people without a decision."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from stonks.application.outbox.one_by_one import Waiting
from stonks.domain.ids import NoticeId, ProfileId

A_BATCH = 10_000
"""People whose ways are decided together; a worker holds them in memory."""


@dataclass(frozen=True, slots=True)
class Fanout:
    """An audience of which those up to ``position``, in order of id, have their notice."""

    notice_id: NoticeId
    audience: ProfileId
    position: ProfileId | None = None

    def __str__(self) -> str:
        return f"audience of notice {self.notice_id}"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many followers were looked at, and the last of them; None where there were none."""

    count: int
    last: ProfileId | None


class Fanouts(Waiting[Fanout], Protocol):
    """Audiences that have not all got their notice.

    The one that was added longest ago is taken first: added again for what is left of it, it is
    behind all others, so that a big audience holds up no small one.
    """

    def add(self, fanout: Fanout) -> None:
        """Have it done from ``position`` on."""

    def fill(self, fanout: Fanout, batches: Sequence[UUID], most: int) -> Filled:
        """Put the notice into the inboxes of the next followers with an open bell.

        Those who did not have it become batches of ``most`` people, in order and as many as need
        be; so many are looked at as these hold. Set-based: the cost is of rows, not of calls.
        """


@dataclass(frozen=True, slots=True)
class Batch:
    """People who have a notice, and about whose ways nothing has been decided.

    ``attempts`` counts how often that was tried before.
    """

    id: UUID
    notice_id: NoticeId
    people: Sequence[ProfileId]
    attempts: int = 0

    def __str__(self) -> str:
        return f"batch {self.id} of notice {self.notice_id}"


class Batches(Waiting[Batch], Protocol):
    def add(self, batch: Batch, *, after: timedelta = timedelta(0)) -> None:
        """Have it decided, not before ``after``."""

    def has(self, notice_id: NoticeId) -> bool:
        """Whether people of this notice are waiting, and will see what this unit of work does."""
