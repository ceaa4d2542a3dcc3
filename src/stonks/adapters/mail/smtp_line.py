"""One connection to a mail server (RFC 5321)."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.utils import parseaddr

from stonks.adapters.mail.rfc5322 import domain_of
from stonks.adapters.mail.smtp_server import Smtp
from stonks.domain.errors import Invalid, Unavailable

PERMANENT = 500
END = b"\r\n.\r\n"


@dataclass(slots=True)
class Line:
    """A connection that is introduced; ``carried`` counts the messages that it took."""

    client: smtplib.SMTP
    sender: str
    carried: int = 0

    def announce(self, to: str) -> None:
        """All that comes before a message. Whatever is raised here, nothing was taken."""
        _must(self.client.mail(parseaddr(self.sender)[1]))
        _must(self.client.rcpt(to))
        _must(self.client.docmd("DATA"), 354)

    def hand_over(self, whole: bytes) -> None:
        """From here on only the server's own word tells whether it took the message."""
        try:
            self.client.send(_dotted(whole))
            answer = self.client.getreply()
        except (smtplib.SMTPServerDisconnected, OSError) as error:
            raise Invalid("mail_uncertain", "the mail server went away meanwhile") from error
        self.carried += 1
        _must(answer)

    def reset(self) -> bool:
        """Forget what was announced; False where the connection is of no use any more."""
        try:
            return self.client.rset()[0] == 250
        except (smtplib.SMTPException, OSError):
            return False

    def check(self) -> None:
        _must(self.client.noop())

    def close(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            self.client.quit()
        self.client.close()


def connected(server: Smtp, sender: str, seconds: float, trust: ssl.SSLContext | None) -> Line:
    """A new connection, over TLS and signed in as ``server`` has it."""
    context = trust or ssl.create_default_context()
    client = _client(server, sender, seconds, context)
    try:
        _introduce(client, server, context)
    except BaseException:
        client.close()
        raise
    return Line(client, sender)


@contextmanager
def refusing() -> Iterator[None]:
    """Raise ``Unavailable`` for whatever went wrong before a message was taken."""
    try:
        yield
    except smtplib.SMTPAuthenticationError as error:  # the operator's to mend: it may wait
        raise Unavailable("mail_unavailable", "the mail server refused us") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unavailable("mail_unavailable", type(error).__name__) from error


def _client(server: Smtp, sender: str, seconds: float, context: ssl.SSLContext) -> smtplib.SMTP:
    host, port, here = server.host, server.port, domain_of(sender)
    if server.is_tls:
        return smtplib.SMTP_SSL(host, port, local_hostname=here, timeout=seconds, context=context)
    return smtplib.SMTP(host, port, local_hostname=here, timeout=seconds)


def _introduce(client: smtplib.SMTP, server: Smtp, context: ssl.SSLContext) -> None:
    client.ehlo_or_helo_if_needed()
    if not server.is_tls and not server.is_plain:
        if client.has_extn("starttls"):
            client.starttls(context=context)
            client.ehlo()
        elif server.user:
            raise Unavailable("mail_unavailable", "the mail server offers no STARTTLS")
    if server.user:
        client.login(server.user, server.password)


def _dotted(whole: bytes) -> bytes:
    """With each leading dot doubled (RFC 5321, 4.5.2), and the end of it."""
    lines = whole.removesuffix(b"\r\n").split(b"\r\n")
    return b"\r\n".join(b"." + line if line.startswith(b".") else line for line in lines) + END


def _must(answer: tuple[int, bytes], code: int = 250) -> None:
    if answer[0] in (code, 251):
        return
    if answer[0] >= PERMANENT:
        raise Invalid("mail_refused", f"the mail server answered {answer[0]}")
    raise Unavailable("mail_unavailable", f"the mail server answered {answer[0]}")
