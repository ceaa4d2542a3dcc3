"""Notices that go nowhere: for tests, and for programs that embed Stonks."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from stonks.adapters.notifiers.plugins import Tools
from stonks.application.notifications.notifier import Delivery, Outcome, Send, Verdict

KEPT = 1000


@dataclass(frozen=True, slots=True)
class MemoryNotifier:
    """``Notifier`` that keeps the newest deliveries for whoever looks at them."""

    way: str = "memory"
    sent: deque[Delivery] = field(default_factory=lambda: deque(maxlen=KEPT))

    @contextmanager
    def sending(self) -> Iterator[Send]:
        yield self._send

    def _send(self, delivery: Delivery, /) -> Outcome:
        self.sent.append(delivery)
        return Outcome(Verdict.SENT)


def make(_: Tools) -> MemoryNotifier:
    return MemoryNotifier()
