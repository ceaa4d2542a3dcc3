"""Ending one's own sessions from another."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork, SessionSignals
from stonks.application.identity.present import lock_signed_in
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class EndSession:
    """End one of one's own sessions: it is refused from now on and its sockets close."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> None:
        """Raises ``NotFound`` (``unknown_session``): another's too, and one that is over."""
        at = self.now()
        with self.begin() as work:
            session = work.sessions.lock(session_id)
            if session.profile_id != actor or not session.is_alive(at):
                raise NotFound("unknown_session", "there is no such session")
            session.end(at=at)
            work.sessions.save(session)
        self.signals.ended([session_id])


@dataclass(frozen=True, slots=True)
class EndOtherSessions:
    """End all of one's own sessions but the one that asks; access tokens stay."""

    begin: Begin[IdentityWork]
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: ProfileId, session_id: SessionId) -> None:
        """Raises ``Unauthenticated`` (``session_ended``) where that one is over itself."""
        with self.begin() as work:
            lock_signed_in(work, actor, session_id, self.now())
            ended = work.sessions.end_all(actor, self.now(), but=session_id)
        self.signals.ended(ended)
