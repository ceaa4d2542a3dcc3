"""A deadline for all that happens on one socket together."""

import os
import socket
from contextlib import suppress
from functools import cache
from heapq import heappop, heappush
from itertools import count
from math import inf
from threading import Condition, Thread
from time import monotonic


class Fuse:
    """Ends a connection after so many seconds, however busily the other end drips.

    A socket's own timeout starts again with every byte. The connection is shut down through a
    second handle, so that it makes no difference whether TLS took hold of the first.
    """

    def __init__(self, sock: socket.socket, seconds: float) -> None:
        self._handle = sock.dup()
        self.burns_at = monotonic() + seconds
        self.has_blown = False

    def __enter__(self) -> "Fuse":
        _watch().begin(self)
        return self

    def __exit__(self, *_: object) -> None:
        _watch().end(self)

    def burn(self) -> None:
        if self._handle.fileno() >= 0:
            self.has_blown = True  # first, since whoever waits there goes on at once
            with suppress(OSError):  # the other end was quicker
                self._handle.shutdown(socket.SHUT_RDWR)

    def put_out(self) -> None:
        self._handle.close()

    @property
    def is_out(self) -> bool:
        return self._handle.fileno() < 0


class _Watch:
    """Burns every fuse of a process in its time: a thread for each would cost more than it."""

    def __init__(self) -> None:
        self._lit: list[tuple[float, int, Fuse]] = []
        self._looks_at = inf
        self._turn = count()
        self._changed = Condition()
        Thread(target=self._burn, name="fuses", daemon=True).start()

    def begin(self, fuse: Fuse) -> None:
        with self._changed:
            heappush(self._lit, (fuse.burns_at, next(self._turn), fuse))
            if fuse.burns_at < self._looks_at:
                self._changed.notify()

    def end(self, fuse: Fuse) -> None:
        with self._changed:  # not while it burns: its number may be another socket's next
            fuse.put_out()
            self._forget_those_out()

    def _forget_those_out(self) -> None:
        while self._lit and self._lit[0][2].is_out:
            heappop(self._lit)

    def _burn(self) -> None:
        with self._changed:
            while True:
                self._looks_at = self._lit[0][0] if self._lit else inf
                self._changed.wait(self._looks_at - monotonic() if self._lit else None)
                while self._lit and self._lit[0][0] <= monotonic():
                    heappop(self._lit)[2].burn()
                self._forget_those_out()


_watch = cache(_Watch)
os.register_at_fork(after_in_child=_watch.cache_clear)  # threads do not come along
