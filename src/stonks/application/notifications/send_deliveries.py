"""Send what waits for one way."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic, sleep
from typing import Protocol

from stonks.application.notifications.notifier import (
    Delivery,
    Notifier,
    Outcome,
    Send,
    Verdict,
)
from stonks.application.notifications.work import NotificationsWork
from stonks.application.ports import Begin, Hint
from stonks.domain.errors import Unavailable
from stonks.domain.notifications.deciding import why_not
from stonks.domain.notifications.delivery import DeliveryKey, State, delay_after
from stonks.domain.notifications.way import EMAIL, PUSH

AT_ONCE = 200
LEASE = timedelta(seconds=60)
LONGEST = 3.0
"""Seconds after which no more leave, where receivers are slow: others have their turn."""

PAUSES = (0.1, 0.3, 1.0, 2.0)
"""Seconds between tries to write down what became of one."""


class SideBySide(Protocol):
    def __call__(self, do: Callable[[DeliveryKey], None], keys: Sequence[DeliveryKey], /) -> None:
        """Do each, several at a time; raises the first thing that one raised, after all."""


class NoteFailure(Protocol):
    def __call__(self, key: DeliveryKey, error: Exception) -> None:
        """Tell the operator that a notifier raised what it should not."""


def one_after_another(do: Callable[[DeliveryKey], None], keys: Iterable[DeliveryKey]) -> None:
    """``SideBySide``, one at a time."""
    for key in keys:
        do(key)


@dataclass(frozen=True, slots=True)
class SendDeliveries:
    """Send some of those that are due, each at most once.

    That one is leaving is committed before it leaves: a crash in the middle may lose that one and
    never doubles it. Just before, it is looked at again: still wanted, still unread, still live.
    """

    begin: Begin[NotificationsWork]
    notifier: Notifier
    hint: Hint
    side_by_side: SideBySide
    note_failure: NoteFailure
    at_once: int = AT_ONCE
    clock: Callable[[], float] = monotonic
    wait: Callable[[float], object] = sleep

    def __call__(self) -> bool:
        """Whether there were some, and there may be more."""
        with self.begin() as work:
            keys = work.deliveries.claim(self.notifier.way, self.at_once, LEASE)
        if not keys:
            return False
        until, left = self.clock() + LONGEST, list[DeliveryKey]()

        def one(key: DeliveryKey) -> None:
            if self.clock() < until:
                self._one(key, send)
            else:
                left.append(key)

        with self.notifier.sending() as send:
            self.side_by_side(one, keys)
        if left:
            with self.begin() as work:
                work.deliveries.release(left)
        return True

    def _one(self, key: DeliveryKey, send: Send) -> None:
        delivery = self._depart(key)
        if delivery is not None:
            self._settle_surely(key, delivery, self._sent(key, delivery, send))

    def _depart(self, key: DeliveryKey) -> Delivery | None:
        with self.begin() as work:
            departing = work.deliveries.depart(key)
            if departing is None:
                return None
            reason = why_not(departing.look)
            if reason is not None:
                work.deliveries.settle(key, State.DROPPED, reason)
                return None
        return departing.delivery

    def _sent(self, key: DeliveryKey, delivery: Delivery, send: Send) -> Outcome:
        try:
            return send(delivery)
        except Exception as error:  # noqa: BLE001 - it may have left, and is never sent twice
            self.note_failure(key, error)
            return Outcome(Verdict.REFUSED, "notifier_failed")

    def _settle_surely(self, key: DeliveryKey, delivery: Delivery, outcome: Outcome) -> None:
        """What became of it is known here alone, so that a store that blinks is asked again."""
        for pause in PAUSES:
            try:
                return self._settle(key, delivery, outcome)
            except Unavailable:
                self.wait(pause)
        return self._settle(key, delivery, outcome)

    def _settle(self, key: DeliveryKey, delivery: Delivery, outcome: Outcome) -> None:
        instead = False
        with self.begin() as work:
            if outcome.verdict is Verdict.LATER:
                self._later(work, key, delivery, outcome)
            elif outcome.verdict is Verdict.SENT:
                is_again = delivery.attempt > 1
                work.deliveries.settle(
                    key, State.SENT, outcome.reason or ("retried" if is_again else "")
                )
            else:
                work.deliveries.settle(key, State.FAILED, outcome.reason)
                if outcome.verdict is Verdict.GONE and key.way == PUSH:
                    work.deliveries.forget_device(key.target)
                    instead = work.deliveries.mail_instead(key)
        if instead:
            self.hint(f"deliveries.{EMAIL}")

    def _later(
        self, work: NotificationsWork, key: DeliveryKey, delivery: Delivery, outcome: Outcome
    ) -> None:
        after = delay_after(delivery.attempt, outcome.retry_after)
        if after is None:
            work.deliveries.settle(key, State.FAILED, outcome.reason)
        else:
            work.deliveries.put_back(key, outcome.reason, after)
