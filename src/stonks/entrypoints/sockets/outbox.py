"""What a connection has still to write."""

from collections import deque
from collections.abc import Callable


class Outbox:
    """Whole frames in order, of which the first bytes may be written already.

    It exists only while a socket is full: most connections never have one.
    """

    __slots__ = ("_chunks", "on_empty", "waiting")

    def __init__(self, unwritten: memoryview) -> None:
        self._chunks: deque[bytes | memoryview] = deque([unwritten])
        self.waiting = len(unwritten)
        self.on_empty: Callable[[], None] | None = None

    def add(self, frames: bytes) -> None:
        self._chunks.append(frames)
        self.waiting += len(frames)

    def joined(self) -> bytes | memoryview:
        """All of it, for one write."""
        if len(self._chunks) > 1:
            self._chunks = deque([b"".join(self._chunks)])
        return self._chunks[0]

    def written(self, count: int) -> None:
        """The first ``count`` bytes of ``joined`` are gone."""
        self._chunks[0] = memoryview(self._chunks[0])[count:]
        self.waiting -= count

    def give_up_on(self, frames: bytes) -> None:
        """Keep only what must finish a frame that is partly written, then ``frames``."""
        head = self._chunks[0]
        self._chunks = deque([head, frames])
        self.waiting = len(head) + len(frames)
