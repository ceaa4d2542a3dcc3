"""Keeping a session going."""

from dataclasses import dataclass
from datetime import datetime

from stonks.application.identity.grants import Grant, Grants
from stonks.application.identity.ports import IdentityReads, IdentityWork, SessionSignals
from stonks.application.ports import Begin, Clock, Pause
from stonks.domain.errors import Conflict, Unauthenticated
from stonks.domain.identity.refresh_token import HELD_BACK, digest_of
from stonks.domain.identity.session import Session


@dataclass(frozen=True, slots=True)
class RefreshSession:
    """Change a refresh token for new tokens, once.

    Whoever shows a token that was used already has copied it, or was copied from: the session
    ends. Two tabs that show it at once are told apart from that by when they come
    (``docs/adr/0003-refresh-tokens.md``).
    """

    begin: Begin[IdentityWork]
    reads: IdentityReads
    grants: Grants
    signals: SessionSignals
    now: Clock
    pause: Pause

    def __call__(self, *, refresh_token: str) -> Grant:
        """Raises ``Unauthenticated`` (``refresh_token_invalid``, ``session_ended``,
        ``refresh_token_reused``) and ``Conflict`` (``refresh_in_progress``).
        """
        came, digest = self.now(), digest_of(refresh_token)
        found = self.reads.refresh_token(digest)
        if found is None:
            raise Unauthenticated("refresh_token_invalid", "this refresh token is unknown")
        with self.begin() as work:
            session = work.sessions.lock(found.session_id)
            grant = self._rotate(work, session, digest, came)
        if grant is None:
            self.signals.ended([session.id])
            raise Unauthenticated("refresh_token_reused", "this refresh token was used before")
        self.pause(HELD_BACK.total_seconds())
        return grant

    def _rotate(
        self, work: IdentityWork, session: Session, digest: bytes, came: datetime
    ) -> Grant | None:
        """None where the session had to end."""
        at = self.now()
        if not session.is_alive(at):
            raise Unauthenticated("session_ended", "this session is over; log in again")
        token = work.refresh_tokens.get(digest)
        if token.is_being_used(came):
            raise Conflict("refresh_in_progress", "another request has just used this token")
        if token.is_used:
            session.end(at=at)
            work.sessions.save(session)
            return None
        token.use(at=at)
        work.refresh_tokens.save(token)
        return self.grants.renew(work, session, at)
