"""A half session: one proof was given, and the second is waited for."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.domain.ids import ProfileId

HALF_SESSION_LASTS = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class HalfSession:
    """What is kept of one half-signed-in token: never itself, only its digest.

    It is good for giving the second factor and for nothing else.
    """

    digest: bytes
    profile_id: ProfileId
    device: str
    started_at: datetime
    expires_at: datetime

    def is_open(self, at: datetime) -> bool:
        return at < self.expires_at
