"""Taking a token back."""

from dataclasses import dataclass

from stonks.application.identity.access_tokens.ports import AccessTokensWork
from stonks.application.identity.ports import SessionSignals
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class RevokeAccessToken:
    """End one of one's own tokens: it is refused from now on and its sockets close."""

    begin: Begin[AccessTokensWork]
    signals: SessionSignals
    now: Clock

    def __call__(self, *, actor: ProfileId, token_id: SessionId) -> None:
        """Idempotent; raises ``NotFound`` (``unknown_access_token``), also for another's."""
        with self.begin() as work:
            if work.access_tokens.owner(token_id) != actor:
                raise NotFound("unknown_access_token", "you have no such access token")
            session = work.sessions.lock(token_id)
            if session.end(at=self.now()):
                work.sessions.save(session)
        self.signals.ended([token_id])
