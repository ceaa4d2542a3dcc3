"""Push services that let everybody wait, and answer nobody."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

LONG = 3.0
"""Seconds from which on a failure holds others up; who refuses at once is in nobody's way."""
TRIES = 3
"""In a row that ended so, after which a service is taken to be away."""
PAUSE = 8.0
"""Seconds for which it is left alone then: over when what was put off is tried again."""
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
        silent = self._silent.get(origin)
        return silent is not None and self.clock() < silent.until

    def heard(self, origin: str) -> None:
        if origin in self._silent:
            with self._lock:
                self._silent.pop(origin, None)

    def not_heard(self, origin: str, since: float) -> None:
        """Somebody asked at ``since``, on its clock, and gave up now."""
        now = self.clock()
        if now - since < LONG:
            return
        with self._lock:
            if len(self._silent) >= MOST_KEPT:
                self._silent.clear()  # anybody may name origins
            silent = self._silent.setdefault(origin, _Silent())
            silent.tries += 1
            if silent.tries >= TRIES:
                silent.until = now + PAUSE
