"""Forgetting challenges that nobody answered."""

from dataclasses import dataclass

from stonks.application.identity.passkeys.ports import PasskeyWork
from stonks.application.ports import Begin, Clock

AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class PurgeCeremonies:
    """Remove those that are over; whether there may be more."""

    begin: Begin[PasskeyWork]
    now: Clock

    def __call__(self) -> bool:
        with self.begin() as work:
            return work.ceremonies.purge(self.now(), most=AT_ONCE) == AT_ONCE
