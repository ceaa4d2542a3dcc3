"""Many messages in a row: on one connection to a mail server, or on none."""

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from smtplib import SMTPException
from time import monotonic

from stonks.adapters.mail.rfc5322 import travelling
from stonks.adapters.mail.smtp import SmtpMailer
from stonks.adapters.mail.smtp_line import Line, refusing
from stonks.application.mail.ports import Mailer, Message
from stonks.domain.errors import Invalid, Refusal, Unavailable

MOST = 100  # messages on one connection: servers count them, too
PATIENCE = 5.0  # seconds in which a server that could not be reached is not asked again


@dataclass(frozen=True, slots=True)
class PlainSessions:
    """``MailSessions`` for a mailer that holds nothing open."""

    mailer: Mailer

    @contextmanager
    def __call__(self) -> Iterator[Mailer]:
        yield self.mailer


@dataclass(frozen=True, slots=True)
class SmtpSessions:
    """``MailSessions`` by SMTP: one connection for each message that is under way at once."""

    mailer: SmtpMailer
    most: int = MOST

    @contextmanager
    def __call__(self) -> Iterator[Mailer]:
        lines = SmtpLines(self.mailer, self.most)
        try:
            yield lines
        finally:
            lines.close()


@dataclass(slots=True)
class SmtpLines:
    """``Mailer`` that keeps its connections for the next message."""

    mailer: SmtpMailer
    most: int
    idle: deque[Line] = field(default_factory=deque)
    away_until: float = 0.0

    def __call__(self, message: Message) -> None:
        whole = travelling(message, self.mailer.sender).as_bytes()
        with refusing():
            line = self._announced(message.to)
            try:
                line.hand_over(whole)
            except Refusal:
                self._settle(line)
                raise
            self._keep(line)

    def close(self) -> None:
        with suppress(IndexError):
            while True:
                self.idle.pop().close()

    def _announced(self, to: str) -> Line:
        """A connection on which the server waits for the message; nothing is taken until then."""
        while self.idle:
            with suppress(IndexError, Unavailable, SMTPException, OSError):
                return self._announce(self.idle.pop(), to)  # it may have hung up meanwhile
        return self._announce(self._connect(), to)

    def _announce(self, line: Line, to: str) -> Line:
        try:
            line.announce(to)
        except Invalid:  # it does not take mail for this receiver; others are others
            self._settle(line)
            raise
        except BaseException:
            line.close()
            raise
        return line

    def _connect(self) -> Line:
        if monotonic() < self.away_until:
            raise Unavailable("mail_unavailable", "the mail server was away a moment ago")
        try:
            return self.mailer.connect()
        except (Unavailable, SMTPException, OSError):
            self.away_until = monotonic() + PATIENCE
            raise

    def _settle(self, line: Line) -> None:
        """After a refusal: go on with the connection, unless that is gone."""
        if line.reset():
            self._keep(line)
        else:
            line.close()

    def _keep(self, line: Line) -> None:
        if line.carried < self.most:
            self.idle.append(line)
        else:
            line.close()
