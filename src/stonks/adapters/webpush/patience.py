"""For how long a push service is waited for: anybody may name one that never answers."""

from dataclasses import dataclass, field
from threading import Lock

KNOWN = 10.0
STRANGE = 4.0
"""Seconds for one that has not answered yet, so that many names that hang cost others less."""
MOST_KEPT = 1024


@dataclass(slots=True)
class Patience:
    """Longer with those who answered when they were asked last; kept by each process."""

    _known: dict[str, None] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def seconds(self, origin: str) -> float:
        return KNOWN if origin in self._known else STRANGE

    def heard(self, origin: str) -> None:
        with self._lock:
            self._known.pop(origin, None)
            self._known[origin] = None  # at the end: who answers often is never forgotten
            if len(self._known) > MOST_KEPT:
                del self._known[next(iter(self._known))]

    def not_heard(self, origin: str) -> None:
        with self._lock:
            self._known.pop(origin, None)
