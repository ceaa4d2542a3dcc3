"""Put a notice into the inboxes of an audience."""

from dataclasses import dataclass, replace

from stonks.application.notifications.stages import A_BATCH, Fanout
from stonks.application.notifications.work import NotificationsWork
from stonks.application.outbox.one_by_one import one
from stonks.application.ports import Begin, Hint, NewId

BATCHES = 5
"""Of one unit of work, which takes a tenth of a second; the more, the less each row costs."""


@dataclass(frozen=True, slots=True)
class FanOut:
    """The next followers of one audience, in one unit of work; resumed from where it ended."""

    begin: Begin[NotificationsWork]
    hint: Hint
    new_id: NewId
    most: int = A_BATCH
    batches: int = BATCHES

    def __call__(self) -> bool:
        """Whether there were some, and there may be more."""
        if not one(self.begin, lambda work: work.fanouts, self._fill):
            return False
        self.hint("batches")
        return True

    def _fill(self, work: NotificationsWork, fanout: Fanout) -> None:
        batches = [self.new_id() for _ in range(self.batches)]
        filled = work.fanouts.fill(fanout, batches, self.most)
        if filled.count == self.most * self.batches:
            work.fanouts.add(replace(fanout, position=filled.last))
