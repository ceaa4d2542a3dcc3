"""Tidying up after senders that died."""

from dataclasses import dataclass

from stonks.application.notifications.work import NotificationsWork
from stonks.application.ports import Begin
from stonks.domain.notifications.delivery import LONGEST_SENDING

AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class GiveUpLost:
    """Give up deliveries whose sender died with them: nobody knows whether they left."""

    begin: Begin[NotificationsWork]

    def __call__(self) -> bool:
        """Whether there may be more."""
        with self.begin() as work:
            return work.deliveries.give_up(LONGEST_SENDING, AT_ONCE) == AT_ONCE
