"""A push service on loopback that answers, counts and does nothing else."""

import socket
import ssl
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from secrets import token_bytes
from threading import Lock, Thread

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.x509.oid import NameOID

from rig.crowd import Browser
from rig.machine import REST, pinned

HOST = "localhost"
ANSWER = b"HTTP/1.1 201 Created\r\nLocation: /m/1\r\nContent-Length: 0\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(frozen=True, slots=True)
class Counted:
    """What came since it was asked last; times are of the machine's monotonic clock."""

    pushes: int = 0
    doubled: int = 0
    first: float | None = None
    last: float | None = None


@dataclass(frozen=True, slots=True)
class PushService:
    """``certificate`` is what clients must trust."""

    browser: Browser
    certificate: Path
    _asking: Connection

    def counted(self) -> Counted:
        self._asking.send(None)
        found: Counted = self._asking.recv()
        return found


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """One in a process of its own, on the cores of the load."""
    certificate = _certified(folder)
    forked = get_context("fork")
    ours, theirs = forked.Pipe()
    with socket.create_server(("127.0.0.1", 0), backlog=256) as server, pinned(REST):
        process = forked.Process(target=_serve, args=(server, certificate, theirs), daemon=True)
        process.start()
    try:
        yield PushService(_browser(int(ours.recv())), certificate, ours)
    finally:
        process.kill()
        process.join()


@dataclass(slots=True)
class _Counting:
    lock: Lock = field(default_factory=Lock)
    paths: set[bytes] = field(default_factory=set)
    pushes: int = 0
    first: float | None = None
    last: float | None = None

    def count(self, path: bytes) -> None:
        with self.lock:
            self.last = time.monotonic()
            self.first = self.first or self.last
            self.pushes += 1
            self.paths.add(path)

    def take(self) -> Counted:
        with self.lock:
            found = Counted(self.pushes, self.pushes - len(self.paths), self.first, self.last)
            self.pushes, self.first, self.last = 0, None, None
            self.paths.clear()
        return found


def _serve(server: socket.socket, certificate: Path, asked: Connection) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    counting = _Counting()
    asked.send(server.getsockname()[1])
    Thread(target=_answer, args=(asked, counting), daemon=True).start()
    while True:
        connection, _ = server.accept()
        Thread(target=_take, args=(connection, context, counting), daemon=True).start()


def _answer(asked: Connection, counting: _Counting) -> None:
    with suppress(EOFError):
        while True:
            asked.recv()
            asked.send(counting.take())


def _take(connection: socket.socket, context: ssl.SSLContext, counting: _Counting) -> None:
    with suppress(OSError), context.wrap_socket(connection, server_side=True) as secret:
        read = b""
        while True:
            while b"\r\n\r\n" not in read:
                if not (part := secret.recv(65536)):
                    return
                read += part
            head, _, read = read.partition(b"\r\n\r\n")
            length = int(head.lower().partition(LENGTH)[2].split(b"\r\n")[0])
            while len(read) < length:
                read += secret.recv(65536)
            read = read[length:]
            counting.count(head.split(b" ", 2)[1])
            secret.sendall(ANSWER)


def _browser(port: int) -> Browser:
    key = generate_private_key(SECP256R1()).public_key()
    point = key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    return Browser(f"https://{HOST}:{port}/send/", _text(point), _text(token_bytes(16)))


def _text(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _certified(folder: Path) -> Path:
    """A key, and a certificate that vouches for itself."""
    key, at = generate_private_key(SECP256R1()), datetime.now(UTC)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, HOST)])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    path = folder / "push-service.pem"
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    path.write_bytes(private + certificate.public_bytes(Encoding.PEM))
    return path
