"""Forgetting sessions that are long over."""

from dataclasses import dataclass
from datetime import timedelta

from stonks.application.identity.sessions.ports import SessionsWork
from stonks.application.ports import Begin, Clock

KEPT = timedelta(days=30)
AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class PurgeSessions:
    """Remove what was over, and refresh tokens that were used, before 30 days; whether there may
    be more.

    A used token that somebody copied ends its session until then, and is unknown afterwards.
    """

    begin: Begin[SessionsWork]
    now: Clock

    def __call__(self) -> bool:
        before = self.now() - KEPT
        with self.begin() as work:
            sessions = work.session_upkeep.purge(before, AT_ONCE)
        with self.begin() as work:
            tokens = work.session_upkeep.forget_used_tokens(before, AT_ONCE)
        return AT_ONCE in (sessions, tokens)
