"""Keeping a session in a browser's cookie."""

from dataclasses import dataclass

from stonks.application.identity.ports import NewSecret
from stonks.application.identity.sessions.ports import SessionsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class KeepInCookie:
    """Give a session that was just opened a secret for a cookie, in place of its tokens.

    The secret is always a new one: what a browser brought along is never made somebody's.
    """

    begin: Begin[SessionsWork]
    new_secret: NewSecret
    now: Clock

    def __call__(self, *, session_id: SessionId) -> str:
        """Raises ``Unauthenticated`` (``session_ended``) where it ended meanwhile."""
        secret = self.new_secret()
        with self.begin() as work:
            if not work.sessions.lock(session_id).is_alive(self.now()):
                raise Unauthenticated("session_ended", "this session is over; log in again")
            work.session_cookies.bind(session_id, digest_of(secret))
        return secret
