"""Mail by SMTP (RFC 5321)."""

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stonks.adapters.mail.rfc5322 import travelling
from stonks.adapters.mail.smtp_line import Line, connected, refusing
from stonks.adapters.mail.smtp_server import Smtp
from stonks.application.mail.ports import Message

SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class SmtpMailer:
    """``Mailer`` that hands each message to one server, on a connection of its own.

    ``trust`` is what certificates are held against; the system's by default.
    """

    server: Smtp
    sender: str
    seconds: float = SECONDS
    trust: ssl.SSLContext | None = None

    def __call__(self, message: Message) -> None:
        whole = travelling(message, self.sender).as_bytes()
        with refusing(), self._connected() as line:
            line.announce(message.to)
            line.hand_over(whole)

    def check(self) -> None:
        """Reach the server, and sign in where there is a password. Raises as sending does."""
        with refusing(), self._connected() as line:
            line.check()

    def connect(self) -> Line:
        return connected(self.server, self.sender, self.seconds, self.trust)

    @contextmanager
    def _connected(self) -> Iterator[Line]:
        line = self.connect()
        try:
            yield line
        finally:
            line.close()
