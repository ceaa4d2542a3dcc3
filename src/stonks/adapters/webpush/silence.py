"""Push services that do not answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

TRIES = 3
"""In a row that nobody answered, after which a service is taken to be away."""
PAUSE = 20.0
"""Seconds for which it is left alone then; whoever comes after them tries it for all others."""
MOST_KEPT = 1024


@dataclass(slots=True)
class _Silent:
    tries: int = 0
    until: float = 0.0


@dataclass(slots=True)
class Silence:
    """Spares everybody the wait for a service that answers nobody; kept by each process."""

    clock: Callable[[], float] = monotonic
    _silent: dict[str, _Silent] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def is_kept_by(self, origin: str) -> bool:
        with self._lock:
            silent, now = self._silent.get(origin), self.clock()
            if silent is None or silent.tries < TRIES:
                return False
            if now < silent.until:
                return True
            silent.until = now + PAUSE
            return False

    def heard(self, origin: str) -> None:
        if origin in self._silent:
            with self._lock:
                self._silent.pop(origin, None)

    def not_heard(self, origin: str) -> None:
        with self._lock:
            if len(self._silent) >= MOST_KEPT:
                self._silent.clear()  # anybody may name origins
            silent = self._silent.setdefault(origin, _Silent())
            silent.tries += 1
            silent.until = self.clock() + PAUSE
