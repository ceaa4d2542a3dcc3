"""How fast people write, remembered by this process alone."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

from stonks.application.chat.ports import Attempt, Writer
from stonks.application.ports import Clock
from stonks.domain.chat.pace import WINDOW, most_in_a_window, repeated, slow_down
from stonks.domain.errors import Limited

Said = tuple[Writer, str]


@dataclass(slots=True)
class MemoryPace:
    """``Pace`` with an exact moving window. ``scale`` multiplies the limits."""

    now: Clock
    scale: float = 1
    _times: dict[Writer, deque[datetime]] = field(default_factory=dict)
    _said: dict[Said, tuple[datetime, str | None]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _sweep_at: datetime | None = None

    def admit(self, attempts: Sequence[Attempt]) -> Sequence[Limited | None]:
        at = self.now()
        with self._lock:
            self._forget(at)
            return [self._refusal(attempt, at) for attempt in attempts]

    def _refusal(self, attempt: Attempt, at: datetime) -> Limited | None:
        writer = (attempt.room_id, attempt.profile_id)
        times = self._times.setdefault(writer, deque())
        most = most_in_a_window(attempt.role, self.scale)
        if len(times) >= most and (left := times[-most] + WINDOW - at) > timedelta(0):
            return slow_down(left)
        if not attempt.role.moderates:
            said_at, nonce = self._said.get((writer, attempt.text), (None, None))
            is_retry = nonce is not None and nonce == attempt.nonce
            if said_at and not is_retry and (left := said_at + WINDOW - at) > timedelta(0):
                return repeated(left)
            self._said[writer, attempt.text] = (at, attempt.nonce)
        times.append(at)
        return None

    def _forget(self, at: datetime) -> None:
        """Once a window, drop what no longer counts."""
        if self._sweep_at is not None and at < self._sweep_at:
            return
        self._sweep_at = at + WINDOW
        for writer, times in list(self._times.items()):
            while times and times[0] + WINDOW <= at:
                times.popleft()
            if not times:
                del self._times[writer]
        self._said = {key: row for key, row in self._said.items() if row[0] + WINDOW > at}
