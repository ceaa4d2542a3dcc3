"""Forgetting logins that nobody finished."""

from dataclasses import dataclass

from stonks.application.identity.ports import IdentityWork
from stonks.application.ports import Begin, Clock

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class ForgetHalfSessions:
    """Remove half sessions that are over; True where there may be more of them."""

    begin: Begin[IdentityWork]
    now: Clock

    def __call__(self) -> bool:
        with self.begin() as work:
            return work.half_sessions.forget(self.now(), AT_ONCE) == AT_ONCE
