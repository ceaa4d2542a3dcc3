"""Tickets of one process."""

from dataclasses import dataclass, field
from datetime import datetime
from threading import Lock

from stonks.application.identity.ports import TICKET_LASTS
from stonks.application.ports import Clock
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class MemoryTickets:
    """``Tickets`` in the order in which they end, so that the old go first."""

    now: Clock
    _kept: dict[str, tuple[datetime, SessionId]] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)

    def issue(self, ticket: str, session_id: SessionId) -> None:
        with self._lock:
            self._tidy()
            self._kept[ticket] = (self.now() + TICKET_LASTS, session_id)

    def redeem(self, ticket: str) -> SessionId | None:
        with self._lock:
            self._tidy()
            _, session_id = self._kept.pop(ticket, (None, None))
        return session_id

    def _tidy(self) -> None:
        at = self.now()
        while self._kept:
            oldest = next(iter(self._kept))
            if self._kept[oldest][0] > at:
                break
            del self._kept[oldest]
