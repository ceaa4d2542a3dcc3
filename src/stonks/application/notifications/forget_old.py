"""Tidying up what nobody asks for any more."""

from dataclasses import dataclass
from datetime import timedelta

from stonks.application.notifications.work import NotificationsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.notifications.grouping import COUNTED_FOR

NOTICES_KEPT_FOR = timedelta(days=90)
DELIVERIES_KEPT_FOR = timedelta(days=30)
AT_ONCE = 10_000


@dataclass(frozen=True, slots=True)
class ForgetOld:
    """Forget notifications after 90 days, read or not, and their traces after 30."""

    begin: Begin[NotificationsWork]
    now: Clock
    most: int = AT_ONCE

    def __call__(self) -> bool:
        """Whether there may be more."""
        at, most = self.now(), self.most
        with self.begin() as work:
            removed = (
                work.retention.forget_deliveries(at - DELIVERIES_KEPT_FOR, most),
                work.retention.forget_notices(at - NOTICES_KEPT_FOR, most),
                work.retention.forget_actors(at - COUNTED_FOR, most),
            )
        return any(count >= most for count in removed)
