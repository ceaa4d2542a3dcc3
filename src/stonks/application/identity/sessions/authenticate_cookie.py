"""Who a browser's cookie stands for."""

from collections.abc import Callable
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads, SignedIn
from stonks.application.identity.sessions.ports import SessionReads
from stonks.application.ports import Clock
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class AuthenticateCookie:
    """Believe a cookie as long as its session lives and its profile is active."""

    sessions: SessionReads
    reads: IdentityReads
    seen: Callable[[SessionId], None]
    now: Clock

    def __call__(self, *, secret: str) -> SignedIn | None:
        """None for one that is unknown or over: browsers go on sending those."""
        session_id = self.sessions.of_cookie(digest_of(secret))
        person = self.reads.signed_in(session_id, self.now()) if session_id else None
        if person is not None:
            self.seen(person.session_id)
        return person
