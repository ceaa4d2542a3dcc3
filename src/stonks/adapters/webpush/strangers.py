"""Push services that never answered: anybody may name some, and few are waited for at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock

MOST_AT_ONCE = 8
"""Of the threads that push; the others are for services that are known to answer."""
MOST_KEPT = 1024


@dataclass(slots=True)
class Strangers:
    """Keeps those who hang on many names from holding everybody up; kept by each process."""

    most: int = MOST_AT_ONCE
    _known: dict[str, None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _places: BoundedSemaphore = field(init=False)

    def __post_init__(self) -> None:
        self._places = BoundedSemaphore(self.most)

    @contextmanager
    def place(self, origin: str) -> Iterator[bool]:
        """Whether it may be asked within the block."""
        if origin in self._known:
            yield True
            return
        is_free = self._places.acquire(blocking=False)
        try:
            yield is_free
        finally:
            if is_free:
                self._places.release()

    def heard(self, origin: str) -> None:
        with self._lock:
            self._known.pop(origin, None)
            self._known[origin] = None  # the last to go: who answers often is never forgotten
            if len(self._known) > MOST_KEPT:
                del self._known[next(iter(self._known))]

    def not_heard(self, origin: str) -> None:
        with self._lock:
            self._known.pop(origin, None)
