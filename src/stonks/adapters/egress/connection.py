"""One open connection, over which requests go one after another."""

import socket
from contextlib import suppress
from ssl import SSLContext
from time import monotonic

from stonks.adapters.egress.addresses import Address
from stonks.adapters.egress.responses import read_answer
from stonks.adapters.egress.urls import Target
from stonks.adapters.fuse import Fuse
from stonks.application.egress.ports import Answer


class Connection:
    """To the address that was checked, in the name that was asked for.

    Raises ``OSError`` where it does not come about within ``seconds``; ``ssl.SSLError`` is one.
    """

    def __init__(
        self, target: Target, address: Address, context: SSLContext, seconds: float
    ) -> None:
        end = monotonic() + seconds
        plain = _connected(address, target.port, seconds)
        self.handle = plain.dup()  # TLS takes hold of the first
        self.handle.setblocking(False)
        try:
            self._sock = plain
            if target.is_tls:
                self._sock = self._secured(plain, target, context, end - monotonic())
        except BaseException:
            plain.close()
            self.handle.close()
            raise

    def send(self, request: bytes, seconds: float) -> None:
        self._sock.settimeout(max(0.001, seconds))
        self._sock.sendall(request)

    def receive(self, largest: int) -> tuple[Answer, bool]:
        """The answer, and whether the connection is good for another request."""
        return read_answer(self._sock, largest)

    @property
    def is_quiet(self) -> bool:
        """Whether the other end neither hung up nor speaks unasked."""
        try:
            self.handle.recv(1, socket.MSG_PEEK)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def close(self) -> None:
        with suppress(OSError):
            self._sock.close()
        self.handle.close()

    def _secured(
        self, plain: socket.socket, target: Target, context: SSLContext, seconds: float
    ) -> socket.socket:
        plain.settimeout(max(0.001, seconds))
        with Fuse(self.handle, seconds) as fuse:
            try:
                return context.wrap_socket(plain, server_hostname=target.host)
            except OSError as error:
                if fuse.has_blown:
                    raise TimeoutError from error
                raise


def _connected(address: Address, port: int, seconds: float) -> socket.socket:
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    sock = socket.socket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(max(0.001, seconds))
        sock.connect((str(address), port))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    except BaseException:
        sock.close()
        raise
    return sock
