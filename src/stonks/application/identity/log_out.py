"""Logging out."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork, SessionSignals
from stonks.application.ports import Begin, Clock
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class LogOut:
    """End one session: its tokens are refused from now on and its sockets close."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock

    def __call__(self, *, session_id: SessionId) -> None:
        """Idempotent; raises ``NotFound`` for a session that never was."""
        with self.begin() as work:
            session = work.sessions.lock(session_id)
            if session.end(at=self.now()):
                work.sessions.save(session)
        self.signals.ended([session_id])
