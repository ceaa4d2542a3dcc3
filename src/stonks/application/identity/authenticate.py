"""Who is asking."""

from collections.abc import Callable
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads, SignedIn, Tokens
from stonks.application.ports import Clock
from stonks.domain.errors import Unauthenticated
from stonks.domain.identity.access_token import is_well_formed, looks_like_a_token
from stonks.domain.identity.refresh_token import digest_of
from stonks.domain.ids import SessionId


def _nobody_notes(_: SessionId) -> None:
    """Where nobody wants to know when a session was used."""


@dataclass(frozen=True, slots=True)
class Authenticate:
    """Believe an access token of either kind, as long as its session lives and its profile is
    active: a signed one, which a login gives, or a personal one (``stonks_pat_…``).

    Asked on each request and by each socket that signs in, so that an end bites at once.
    """

    tokens: Tokens
    reads: IdentityReads
    now: Clock
    seen: Callable[[SessionId], None] = _nobody_notes

    def __call__(self, token: str) -> SignedIn:
        """Raises ``Unauthenticated``: ``token_invalid``, ``token_expired``, ``session_ended``."""
        if looks_like_a_token(token):
            return self._by_personal(token)
        claims = self.tokens.read(token)
        person = self._person(claims.session_id)
        if person.profile_id != claims.profile_id or person.scopes is not None:
            raise _over()
        return person

    def _by_personal(self, token: str) -> SignedIn:
        known = self.reads.access_token(digest_of(token)) if is_well_formed(token) else None
        if known is None:
            raise Unauthenticated("token_invalid", "this access token is unknown")
        return self._person(known)

    def _person(self, session_id: SessionId) -> SignedIn:
        person = self.reads.signed_in(session_id, self.now())
        if person is None:
            raise _over()
        self.seen(session_id)
        return person


def _over() -> Unauthenticated:
    return Unauthenticated("session_ended", "this session is over; log in again")
