"""Which sessions still live."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from stonks.application.identity.ports import IdentityReads
from stonks.application.ports import Clock
from stonks.domain.ids import SessionId


@dataclass(frozen=True, slots=True)
class AliveSessions:
    """Those among some sessions in which somebody is still signed in, and whether that is staff."""

    reads: IdentityReads
    now: Clock

    def __call__(self, ids: Collection[SessionId]) -> Mapping[SessionId, bool]:
        return self.reads.alive(ids, self.now()) if ids else {}
