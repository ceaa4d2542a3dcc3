"""Mail that goes nowhere."""

from collections import deque
from dataclasses import dataclass, field

from stonks.application.mail.ports import Message

KEPT = 1000


@dataclass(frozen=True, slots=True)
class MemoryMailer:
    """``Mailer`` that keeps the newest messages for whoever looks at them."""

    sent: deque[Message] = field(default_factory=lambda: deque(maxlen=KEPT))

    def __call__(self, message: Message) -> None:
        self.sent.append(message)
