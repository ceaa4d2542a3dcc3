"""Who is asking."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads, SignedIn, Tokens
from stonks.application.ports import Clock
from stonks.domain.errors import Unauthenticated


@dataclass(frozen=True, slots=True)
class Authenticate:
    """Believe an access token, as long as its session lives and its profile is active.

    Asked on each request and by each socket that signs in, so that an end bites at once.
    """

    tokens: Tokens
    reads: IdentityReads
    now: Clock

    def __call__(self, token: str) -> SignedIn:
        """Raises ``Unauthenticated``: ``token_invalid``, ``token_expired``, ``session_ended``."""
        claims = self.tokens.read(token)
        person = self.reads.signed_in(claims.session_id, self.now())
        if person is None or person.profile_id != claims.profile_id:
            raise Unauthenticated("session_ended", "this session is over; log in again")
        return person
