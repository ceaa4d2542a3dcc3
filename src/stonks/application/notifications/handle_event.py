"""Handle what other contexts published."""

from collections.abc import Callable
from dataclasses import dataclass

from stonks.application.notifications.reactions import Jobs, React
from stonks.application.notifications.work import NotificationsWork
from stonks.application.outbox.one_by_one import one
from stonks.application.outbox.ports import Envelope
from stonks.application.ports import Begin, Hint


@dataclass(frozen=True, slots=True)
class HandleEvent:
    """React to the oldest event, once: it leaves the outbox in the same unit of work."""

    begin: Begin[NotificationsWork]
    read: Callable[[Envelope], object]
    react: React
    hint: Hint

    def __call__(self) -> bool:
        """Whether there was one, and there may be more."""
        asked: list[Jobs] = []

        def react(work: NotificationsWork, envelope: Envelope) -> None:
            asked.append(self.react(work, self.read(envelope)))

        there_was = one(self.begin, lambda work: work.outbox, react)
        for jobs in asked:
            for job in jobs:
                self.hint(job)
        return there_was
