"""Logging out with nothing but a refresh token."""

from dataclasses import dataclass

from stonks.application.identity.log_out import LogOut
from stonks.application.identity.ports import IdentityReads
from stonks.domain.identity.refresh_token import digest_of


@dataclass(frozen=True, slots=True)
class HandBackToken:
    """End the session of a refresh token, whose access token may have expired long ago."""

    reads: IdentityReads
    log_out: LogOut

    def __call__(self, *, refresh_token: str) -> None:
        """An unknown token is as good as handed back (RFC 7009, 2.2)."""
        token = self.reads.refresh_token(digest_of(refresh_token))
        if token is not None:
            self.log_out(session_id=token.session_id)
