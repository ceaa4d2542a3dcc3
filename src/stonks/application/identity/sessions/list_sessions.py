"""Where somebody is signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.identity.sessions.ports import SessionReads, SessionView
from stonks.application.ports import Clock
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class ListSessions:
    """One's own sessions that are alive, the newest first."""

    reads: SessionReads
    now: Clock

    def __call__(
        self, *, actor: ProfileId, before: SessionId | None, limit: int
    ) -> Sequence[SessionView]:
        return self.reads.page(actor, self.now(), before=before, limit=limit)
