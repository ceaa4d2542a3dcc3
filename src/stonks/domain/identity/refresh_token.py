"""Refresh tokens: each is used once, and gives the next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from stonks.domain.ids import SessionId

HELD_BACK = timedelta(milliseconds=200)


@dataclass(slots=True)
class RefreshToken:
    """What is kept of one refresh token: never itself, only its digest.

    Whoever uses it gets the answer only after it was ``HELD_BACK``. So who shows it within that
    time cannot have seen the answer: it is another tab of the same browser that lost a race. Who
    shows it later has kept a copy.
    """

    digest: bytes
    session_id: SessionId
    issued_at: datetime
    used_at: datetime | None = None

    @property
    def is_used(self) -> bool:
        return self.used_at is not None

    def is_being_used(self, at: datetime) -> bool:
        """Whether it is used and nobody has had the answer yet."""
        return self.used_at is not None and at - self.used_at < HELD_BACK

    def use(self, *, at: datetime) -> None:
        self.used_at = at


def digest_of(secret: str) -> bytes:
    """SHA-256 of a token; enough, because a token is 256 random bits and not a password."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()
