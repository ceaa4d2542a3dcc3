"""Connections that wait to be used again."""

import os
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
    """Idle connections by where they lead. A process that was forked begins with none."""

    def __init__(self) -> None:
        self._begin_anew()

    def take(self, key: Key) -> Connection | None:
        """One that is open still, and nobody else's from now on."""
        if self._pid != os.getpid():
            self._begin_anew()
        while True:
            with self._lock:
                idle = self._idle.get(key)
                if not idle:
                    return None
                since, connection = idle.pop()
                self._many -= 1
            if monotonic() - since < SECONDS_IDLE and connection.is_quiet:
                return connection
            connection.close()

    def keep(self, key: Key, connection: Connection) -> None:
        with self._lock:
            if self._many >= MOST_IDLE:
                self._drop_old()
            if self._many < MOST_IDLE:
                self._idle.setdefault(key, []).append((monotonic(), connection))
                self._many += 1
                return
        connection.close()

    def _begin_anew(self) -> None:
        self._lock, self._pid, self._many = Lock(), os.getpid(), 0
        self._idle: dict[Key, list[tuple[float, Connection]]] = {}

    def _drop_old(self) -> None:
        end = monotonic() - SECONDS_IDLE
        for key, idle in list(self._idle.items()):
            for _, connection in (one for one in idle if one[0] < end):
                connection.close()
            self._idle[key] = [one for one in idle if one[0] >= end]
            if not self._idle[key]:
                del self._idle[key]
        self._many = sum(map(len, self._idle.values()))
