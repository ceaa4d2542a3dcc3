"""Mail by SMTP (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

from stonks.adapters.mail.rfc5322 import domain_of, travelling
from stonks.application.mail.ports import Message
from stonks.domain.errors import Invalid, Unavailable

SECONDS = 20.0
PERMANENT = 500


@dataclass(frozen=True, slots=True)
class Smtp:
    """Where a mail server is, and who we are to it.

    ``smtps`` speaks TLS from the start; ``smtp`` turns to it by STARTTLS, which it insists on
    where it has a password to tell, unless ``is_plain`` says that there is no need.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    is_tls: bool = False
    is_plain: bool = False

    @classmethod
    def at(cls, url: str) -> "Smtp":
        """``smtp://user:password@host:587``, ``smtps://…``, ``smtp://host?tls=off``.

        Raises ``ValueError`` for what is neither.
        """
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("no smtp URL")
        if parts.path not in ("", "/") or parts.query not in ("", "tls=off") or parts.fragment:
            raise ValueError("more than a server")
        is_tls = parts.scheme == "smtps"
        return cls(
            parts.hostname,
            parts.port or (465 if is_tls else 587),
            unquote(parts.username or ""),
            unquote(parts.password or ""),
            is_tls,
            parts.query == "tls=off",
        )


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
        with self._refusing(), self._connected() as client:
            self._announce(client, message.to)
            self._hand_over(client, whole)

    def check(self) -> None:
        """Reach the server, and sign in where there is a password. Raises as sending does."""
        with self._refusing(), self._connected() as client:
            _must(client.noop())

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        client = self._connect()
        try:
            self._introduce(client)
            yield client
        finally:
            with suppress(smtplib.SMTPException, OSError):
                client.quit()
            client.close()

    def _connect(self) -> smtplib.SMTP:
        host, port, here = self.server.host, self.server.port, domain_of(self.sender)
        if self.server.is_tls:
            return smtplib.SMTP_SSL(
                host, port, local_hostname=here, timeout=self.seconds, context=self._context()
            )
        return smtplib.SMTP(host, port, local_hostname=here, timeout=self.seconds)

    def _introduce(self, client: smtplib.SMTP) -> None:
        client.ehlo_or_helo_if_needed()
        if not self.server.is_tls and not self.server.is_plain:
            if client.has_extn("starttls"):
                client.starttls(context=self._context())
                client.ehlo()
            elif self.server.user:
                raise Unavailable("mail_unavailable", "the mail server offers no STARTTLS")
        if self.server.user:
            client.login(self.server.user, self.server.password)

    def _announce(self, client: smtplib.SMTP, to: str) -> None:
        _must(client.mail(parseaddr(self.sender)[1]))
        _must(client.rcpt(to))
        _must(client.docmd("DATA"), 354)

    def _hand_over(self, client: smtplib.SMTP, whole: bytes) -> None:
        """From here on only the server's own word tells whether it took the message."""
        try:
            client.send(_dotted(whole))
            answer = client.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Invalid("mail_uncertain", "the mail server went away meanwhile") from error
        _must(answer)

    @contextmanager
    def _refusing(self) -> Iterator[None]:
        try:
            yield
        except smtplib.SMTPAuthenticationError as error:  # the operator's to mend: it may wait
            raise Unavailable("mail_unavailable", "the mail server refused us") from error
        except (smtplib.SMTPException, OSError) as error:
            raise Unavailable("mail_unavailable", type(error).__name__) from error

    def _context(self) -> ssl.SSLContext:
        return self.trust or ssl.create_default_context()


def _dotted(whole: bytes) -> bytes:
    """With each leading dot doubled (RFC 5321, 4.5.2), and the end of it."""
    lines = whole.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + END


END = b"\r\n.\r\n"


def _must(answer: tuple[int, bytes], code: int = 250) -> None:
    if answer[0] in (code, 251):
        return
    if answer[0] >= PERMANENT:
        raise Invalid("mail_refused", f"the mail server answered {answer[0]}")
    raise Unavailable("mail_unavailable", f"the mail server answered {answer[0]}")
