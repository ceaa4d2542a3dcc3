"""A deadline for all that happens on one socket together."""

import socket
from contextlib import suppress
from threading import Timer


class Fuse:
    """Ends a connection after so many seconds, however busily the other end drips.

    A socket's own timeout starts again with every byte. The connection is shut down through a
    second handle, so that it makes no difference whether TLS took hold of the first.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._handle = sock.dup()
        self._timer = Timer(max(0.0, seconds), self._burn)
        self._timer.daemon = True
        self.has_blown = False

    def __enter__(self) -> "Fuse":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        self._handle.close()

    def _burn(self) -> None:
        self.has_blown = True
        with suppress(OSError):  # it is closed already
            self._handle.shutdown(socket.SHUT_RDWR)
