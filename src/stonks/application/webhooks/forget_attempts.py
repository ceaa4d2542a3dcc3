"""Tidying up what was sent long ago."""

from dataclasses import dataclass

from stonks.application.ports import Begin, Clock
from stonks.application.webhooks.ports import WebhooksWork
from stonks.domain.webhooks.attempt import KEPT

AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ForgetAttempts:
    """Forget attempts after 30 days, also those of endpoints that are no more."""

    begin: Begin[WebhooksWork]
    now: Clock
    most: int = AT_ONCE

    def __call__(self) -> bool:
        """Whether there may be more."""
        with self.begin() as work:
            return work.attempts.forget(self.now() - KEPT, self.most) >= self.most
