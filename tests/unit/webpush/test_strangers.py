"""Whoever hangs on many names of their own holds up nobody whose push service answers."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier
from typing import Any

from stonks.adapters.egress.refusals import uncertain
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import WebPushNotifier
from stonks.adapters.webpush.notifier import SOON
from stonks.adapters.webpush.strangers import MOST_AT_ONCE, MOST_KEPT, Strangers
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Delivery, Outcome, Verdict
from tests.contracts.one_delivery import a_delivery, a_device
from tests.push_browser import PushBrowser
from tests.unit.webpush.test_notifier import NOW, VAPID

KNOWN, NEW = "https://push.example", "https://new.example"
BROWSER = PushBrowser()
SENT = Outcome(Verdict.SENT)


def fill(strangers: Strangers, stack: ExitStack) -> list[bool]:
    return [
        stack.enter_context(strangers.place(f"https://{number}.example"))
        for number in range(MOST_AT_ONCE)
    ]


def may_ask(strangers: Strangers, origin: str) -> bool:
    with strangers.place(origin) as answer:
        return answer


def test_of_strangers_few_are_waited_for_and_who_is_known_always_is() -> None:
    strangers = Strangers()
    strangers.heard(KNOWN)
    with ExitStack() as stack:
        assert all(fill(strangers, stack))
        assert not may_ask(strangers, NEW)
        assert may_ask(strangers, KNOWN)
    assert may_ask(strangers, NEW)


def test_who_hangs_is_a_stranger_again() -> None:
    strangers = Strangers()
    strangers.heard(KNOWN)
    strangers.not_heard(KNOWN)
    with ExitStack() as stack:
        fill(strangers, stack)
        assert not may_ask(strangers, KNOWN)


def test_who_answers_often_is_never_forgotten_for_others() -> None:
    strangers = Strangers()
    for number in range(2 * MOST_KEPT):
        strangers.heard(KNOWN)
        strangers.heard(f"https://{number}.example")
    assert len(strangers._known) == MOST_KEPT
    assert KNOWN in strangers._known


class Hanging(MemoryEgress):
    """All but ``KNOWN`` hang, until whoever turns ``together`` last lets them go."""

    def __init__(self) -> None:
        super().__init__()
        self.together = Barrier(MOST_AT_ONCE + 1)

    def post(self, url: str, *args: Any, **options: Any) -> Answer:
        answer = super().post(url, *args, **options)
        if not url.startswith(KNOWN):
            self.together.wait(10)
            self.together.wait(10)
            raise uncertain("it took too long")
        return answer


def to(origin: str) -> Delivery:
    return a_delivery(a_device(BROWSER, f"{origin}/1"))


def test_denial_those_who_hang_on_many_names_hold_up_no_service_that_answers() -> None:
    egress = Hanging()
    notifier = WebPushNotifier(egress, VAPID, KNOWN, lambda: NOW)
    hostile = [to(f"https://{number}.example") for number in range(MOST_AT_ONCE)]
    with notifier.sending() as send, ThreadPoolExecutor(MOST_AT_ONCE) as threads:
        assert send(to(KNOWN)) == SENT
        hung = threads.map(send, hostile)
        egress.together.wait(10)
        crowded, sent = send(to(NEW)), send(to(KNOWN))
        egress.together.wait(10)
        assert {outcome.reason for outcome in hung} == {"push_uncertain"}
    assert (crowded.verdict, crowded.reason) == (Verdict.LATER, "push_crowded")
    assert SOON[0] <= (crowded.retry_after or 0) <= SOON[1]
    assert sent == SENT
