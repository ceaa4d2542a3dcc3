"""Whoever hangs on many names of their own is not waited for as long as who answers."""

from typing import Any

from stonks.adapters.egress.refusals import uncertain
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import WebPushNotifier
from stonks.adapters.webpush.patience import KNOWN, MOST_KEPT, STRANGE, Patience
from stonks.adapters.webpush.silence import LONG
from stonks.application.egress.ports import Answer
from stonks.application.notifications.send_deliveries import LONGEST
from tests.contracts.one_delivery import a_delivery, a_device
from tests.push_browser import PushBrowser
from tests.unit.webpush.test_notifier import NOW, VAPID

HERE, THERE = "https://push.example", "https://other.example"


class Timed(MemoryEgress):
    """Remembers how long it was to wait."""

    def __init__(self, *script: Any) -> None:
        super().__init__(script)
        self.waits: list[float] = []

    def post(self, *args: Any, **options: Any) -> Answer:
        self.waits.append(options["seconds"])
        return super().post(*args, **options)


def test_denial_who_never_answered_or_not_the_last_time_is_waited_for_less() -> None:
    egress = Timed(Answer(503, {}, b""), Answer(201, {}, b""), uncertain("it took too long"))
    notifier = WebPushNotifier(egress, VAPID, HERE, lambda: NOW)
    delivery = a_delivery(a_device(PushBrowser(), f"{HERE}/1"))
    with notifier.sending() as send:
        for _ in range(4):
            send(delivery)
        send(a_delivery(a_device(PushBrowser(), f"{THERE}/1")))
    assert egress.waits == [STRANGE, KNOWN, KNOWN, STRANGE, STRANGE]


def test_one_round_of_those_who_hang_is_all_that_others_wait_for() -> None:
    assert LONGEST <= STRANGE < KNOWN
    assert LONG < STRANGE, "who hangs on one name is left alone"


def test_who_answers_often_is_never_forgotten_for_others() -> None:
    patience = Patience()
    for number in range(2 * MOST_KEPT):
        patience.heard(HERE)
        patience.heard(f"https://{number}.example")
    assert len(patience._known) == MOST_KEPT
    assert patience.seconds(HERE) == KNOWN
