"""A real mail server on loopback, which keeps what it takes."""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.integration.servers import free_port

USER, PASSWORD = "stonks@example", "p@ss:word/%"


@dataclass(slots=True)
class Postbox:
    """What a mail server does with mails; ``answers`` are its replies to them, one by one."""

    answers: list[str] = field(default_factory=list)
    refuses_to: str = ""
    taken: list[Envelope] = field(default_factory=list)
    tried: int = 0
    callers: list[Any] = field(default_factory=list)
    before_answer: Callable[[], object] = lambda: None
    port: int = 0

    async def handle_RCPT(  # noqa: N802 -- the name is aiosmtpd's
        self, server: Any, session: Any, envelope: Envelope, address: str, options: Any
    ) -> str:
        if session not in self.callers:
            self.callers.append(session)
        if address == self.refuses_to:
            return "550 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.tried += 1
        answer = self.answers.pop(0) if self.answers else "250 OK"
        if answer == "hang up":
            server.transport.abort()
            return "250 OK"
        if answer.startswith("250"):
            self.taken.append(envelope)
            self.before_answer()
        return answer

    @property
    def delivered(self) -> list[bytes]:
        return [bytes(envelope.original_content or b"") for envelope in self.taken]

    def to(self, address: str) -> list[bytes]:
        return [
            bytes(envelope.original_content or b"")
            for envelope in self.taken
            if address in envelope.rcpt_tos
        ]


def authenticator(
    server: Any, session: Any, envelope: Any, mechanism: str, data: Any
) -> AuthResult:
    given = (data.login.decode(), data.password.decode())
    return AuthResult(success=given == (USER, PASSWORD), handled=False)


def certificate(folder: Path) -> tuple[Path, ssl.SSLContext]:
    """A certificate for 127.0.0.1 that signs itself, and a context that serves it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False
        )
        .sign(key, hashes.SHA256())
    )
    whole = folder / "server.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    whole.write_bytes(private + signed.public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(whole)
    return whole, context


def mail_server(postbox: Postbox, **options: Any) -> Controller:
    """Not started; it listens on a free port of loopback."""
    return Controller(postbox, hostname="127.0.0.1", port=free_port(), **options)
