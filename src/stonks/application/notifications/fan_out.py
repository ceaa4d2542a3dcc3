"""Put a notice into the inboxes of an audience."""

from dataclasses import dataclass, replace

from stonks.application.notifications.ports import Hint
from stonks.application.notifications.stages import Fanout
from stonks.application.notifications.work import NotificationsWork
from stonks.application.outbox.one_by_one import one
from stonks.application.ports import Begin, NewId

MOST_AT_ONCE = 20_000
"""The larger a chunk, the less each row costs; one is a batch that a worker holds in memory."""


@dataclass(frozen=True, slots=True)
class FanOut:
    """The next followers of one audience, in one unit of work; resumed from where it ended."""

    begin: Begin[NotificationsWork]
    hint: Hint
    new_id: NewId
    most: int = MOST_AT_ONCE

    def __call__(self) -> bool:
        """Whether there were some, and there may be more."""
        if not one(self.begin, lambda work: work.fanouts, self._fill):
            return False
        self.hint("batches")
        return True

    def _fill(self, work: NotificationsWork, fanout: Fanout) -> None:
        filled = work.fanouts.fill(fanout, self.new_id(), self.most)
        if filled.count == self.most:
            work.fanouts.add(replace(fanout, position=filled.last))
