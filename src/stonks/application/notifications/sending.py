"""What is known of people who are told, and how far each way to them has come."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol
from uuid import UUID

from stonks.application.notifications.notifier import Delivery
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.deciding import LastLook, Standing
from stonks.domain.notifications.delivery import Decided, DeliveryKey, State
from stonks.domain.notifications.notice import Notice


class Standings(Protocol):
    """Answered from what identity, preferences and devices know now."""

    def of(self, notice: Notice, people: Collection[ProfileId]) -> Sequence[Standing]:
        """Those who have the notice, who stand alike together; whoever is no more is left out."""


@dataclass(frozen=True, slots=True)
class Departing:
    """A delivery in the hands of one sender, with what is true of it at this moment."""

    delivery: Delivery
    look: LastLook


class Deliveries(Protocol):
    def add(self, notice_id: NoticeId, decided: Sequence[Decided]) -> None:
        """Keep what was decided, due at once; what was decided before stands."""

    def claim(self, way: str, most: int, lease: timedelta) -> Sequence[DeliveryKey]:
        """Those that are due longest, for the caller, for ``lease`` on the store's clock.

        Of several callers at once each gets others. After the lease they are due again, unless
        they left.
        """

    def depart(self, key: DeliveryKey) -> Departing | None:
        """From now on it is ``LEAVING``: nobody else sends it, ever, but after ``put_back``.

        None where it is not waiting any more, and where whom it is about left Stonks: then it is
        ``DROPPED``. Who looks at it at this moment keeps it from nobody. A notice that is over
        stays so until the unit of work ends.
        """

    def put_back(self, key: DeliveryKey, reason: str, after: timedelta) -> None:
        """It surely did not leave: let it be due again."""

    def release(self, keys: Collection[DeliveryKey]) -> None:
        """End a claim early: those that wait still are due at once, for anybody."""

    def settle(self, key: DeliveryKey, state: State, reason: str) -> None:
        """How it ended; a device whose push was ``SENT`` was used now."""

    def mail_instead(self, key: DeliveryKey) -> bool:
        """A device was forgotten: have a mail sent that it had made needless.

        Only where the person has no other device now. False where nothing changed.
        """

    def reopen(self, notice_id: NoticeId, most: int) -> bool:
        """Have decided again about those who were not told because it was over.

        They become batches of ``most`` people. What was sent stays, and is not sent again. False
        where there is nobody.
        """

    def forget_device(self, device: UUID) -> None: ...

    def give_up(self, before: timedelta, most: int) -> int:
        """Call ``LOST`` what has been leaving for longer than that; how many."""
