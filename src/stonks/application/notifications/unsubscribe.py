"""Ending what a notice said that it can be ended by."""

from dataclasses import dataclass

from stonks.application.notifications.preferences import (
    PreferencesWork,
    Subscription,
    UnsubscribeTokens,
)
from stonks.application.ports import Begin


@dataclass(frozen=True, slots=True)
class Unsubscribe:
    """Tell somebody no more of one kind by one way; whoever has the link may ask for it."""

    begin: Begin[PreferencesWork]
    tokens: UnsubscribeTokens

    def __call__(self, *, token: str) -> Subscription:
        """Idempotent; raises ``Invalid`` (``unsubscribe_link_invalid``)."""
        ended = self.tokens.read(token)
        with self.begin() as work:
            work.preferences.put(ended.profile_id, {(ended.kind, ended.way): False})
        return ended
