"""A session: one line of refresh tokens on one device."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.domain.ids import ProfileId, SessionId

LONGEST_DEVICE = 200
FRESH = timedelta(minutes=5)


@dataclass(slots=True)
class Session:
    """Somebody signed in on one device, from a login until it ends or is left unused too long."""

    id: SessionId
    profile_id: ProfileId
    device: str
    started_at: datetime
    used_at: datetime
    expires_at: datetime
    ended_at: datetime | None = None
    proven_at: datetime | None = None

    def prove(self, *, at: datetime) -> None:
        """Its owner has just proved again who they are."""
        self.proven_at = at

    def is_alive(self, at: datetime) -> bool:
        return self.ended_at is None and at < self.expires_at

    def prolong(self, lifetime: timedelta, *, at: datetime) -> None:
        """Be good for another ``lifetime``."""
        self.used_at, self.expires_at = at, at + lifetime

    def end(self, *, at: datetime) -> bool:
        """Be over for good; False where it was over already."""
        if self.ended_at is not None:
            return False
        self.ended_at = at
        return True


def is_fresh(proven_at: datetime | None, at: datetime) -> bool:
    """Whether a proof is recent enough for changes to how somebody signs in."""
    return proven_at is not None and at - proven_at < FRESH


def device_name(user_agent: str) -> str:
    """What a device says of itself, as far as it can be shown."""
    return "".join(filter(str.isprintable, user_agent))[:LONGEST_DEVICE].strip()
