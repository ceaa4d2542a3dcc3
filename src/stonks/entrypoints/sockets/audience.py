"""Everybody in one room of this process, and what is written to them."""

from collections.abc import Iterable
from time import monotonic
from typing import Protocol

from stonks.entrypoints.sockets import metrics
from stonks.entrypoints.sockets.heat import Heat
from stonks.entrypoints.sockets.timing import Later

GATHERED_FOR = 0.025  # seconds that a hot room waits at most, to write once to each connection
GATHERED_BYTES = 64 * 1024


class Receiver(Protocol):
    def send(self, frames: bytes) -> None:
        """Never blocks, never raises; may leave the audience while it does."""


class Audience:
    """Writes the same bytes to all: at once while calm, joined while the room is hot."""

    __slots__ = ("_gathered", "_heat", "_later", "_size", "_waiting", "receivers")

    def __init__(self, later: Later) -> None:
        self.receivers: set[Receiver] = set()
        self._later = later
        self._heat = Heat()
        self._gathered: list[bytes] = []
        self._size = 0
        self._waiting = False

    def deliver(self, frames: bytes) -> None:
        """Whole frames, after all that were delivered before."""
        is_hot = self._heat.is_hot_after(monotonic(), len(self.receivers))
        self._gathered.append(frames)
        self._size += len(frames)
        if not is_hot or self._size > GATHERED_BYTES:
            self.flush()
        elif not self._waiting:
            self._waiting = True
            self._later(GATHERED_FOR, self._time_is_up)

    def flush(self) -> None:
        """Write what was gathered."""
        if not self._gathered:
            return
        frames = b"".join(self._gathered)
        self._gathered.clear()
        self._size = 0
        self._write(frames, self.receivers)

    def _time_is_up(self) -> None:
        self._waiting = False
        self.flush()

    def _write(self, frames: bytes, receivers: Iterable[Receiver]) -> None:
        everybody = [*receivers]  # sending may drop a connection, which then leaves
        for receiver in everybody:
            receiver.send(frames)
        metrics.WRITES.inc(len(everybody))
