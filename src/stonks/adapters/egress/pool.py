"""Connections that wait to be used again."""

import os
from collections.abc import Callable
from math import inf
from threading import Lock
from time import monotonic

from stonks.adapters.egress.addresses import Address
from stonks.adapters.egress.connection import Connection
from stonks.adapters.egress.urls import Target

SECONDS_IDLE = 4.0
"""Less than after what servers hang up, so that hardly a request meets one that does."""
MOST_IDLE = 256

Key = tuple[str, str, int, Address]


def key_of(target: Target, address: Address) -> Key:
    return (target.scheme, target.host, target.port, address)


class Pool:
    """Idle connections by where they lead. A process that was forked begins with none.

    Whatever is taken or kept closes all that have waited for too long, wherever they lead. So
    what a process that has gone quiet leaves open was kept in its last ``SECONDS_IDLE``.
    """

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._idle = _Idle()

    def take(self, key: Key) -> Connection | None:
        """One that is open still, and nobody else's from now on."""
        if self._idle.pid != os.getpid():
            self._idle = _Idle()
        while (connection := self._idle.pop(key, self._clock())) and not connection.is_quiet:
            connection.close()
        return connection

    def keep(self, key: Key, connection: Connection) -> None:
        if not self._idle.add(key, connection, self._clock()):
            connection.close()


class _Idle:
    """Those of one process, under the time at which each was kept."""

    def __init__(self) -> None:
        self.pid, self._lock = os.getpid(), Lock()
        self._waiting: dict[Key, list[tuple[float, Connection]]] = {}
        self._many, self._next_look = 0, inf

    def pop(self, key: Key, now: float) -> Connection | None:
        """The one that was kept last."""
        if now >= self._next_look:
            self._close_old(now)
        with self._lock:
            waiting = self._waiting.get(key)
            if waiting is None:
                return None
            _, connection = waiting.pop()
            if not waiting:
                del self._waiting[key]
            self._many -= 1
        return connection

    def add(self, key: Key, connection: Connection, now: float) -> bool:
        """Whether there is room for it."""
        if now >= self._next_look:
            self._close_old(now)
        with self._lock:
            if self._many >= MOST_IDLE:
                return False
            if not self._many:
                self._next_look = now + SECONDS_IDLE
            self._waiting.setdefault(key, []).append((now, connection))
            self._many += 1
        return True

    def _close_old(self, now: float) -> None:
        """Looks at all, which is due when the oldest of those seen the last time is too old."""
        end = now - SECONDS_IDLE
        with self._lock:
            everyone = self._waiting.items()
            old = [one for _, waiting in everyone for since, one in waiting if since <= end]
            young = ((key, [one for one in waiting if one[0] > end]) for key, waiting in everyone)
            self._waiting = {key: waiting for key, waiting in young if waiting}
            self._many -= len(old)
            sinces = (since for waiting in self._waiting.values() for since, _ in waiting)
            self._next_look = min(sinces, default=inf) + SECONDS_IDLE
        for connection in old:
            connection.close()
