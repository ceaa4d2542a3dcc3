"""Pushes through a real push service, read by a browser of the tests' own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from stonks.adapters import clock
from stonks.adapters.webpush import Vapid, WebPushNotifier, new_vapid_key, read_vapid_key
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Delivery, Outcome, Verdict
from stonks.domain.notifications.notice import NoticeKind
from tests.contracts.one_delivery import a_delivery
from tests.integration.webpush.push_service import PushService


def pushed(notifier: WebPushNotifier, delivery: Delivery) -> Outcome:
    with notifier.sending() as send:
        return send(delivery)


@pytest.mark.parametrize("kind", NoticeKind)
def test_a_push_arrives_and_only_its_browser_reads_it(
    notifier: WebPushNotifier, service: PushService, kind: NoticeKind
) -> None:
    device, other = service.register(), service.register()
    delivery = a_delivery(device, kind)
    assert pushed(notifier, delivery) == Outcome(Verdict.SENT)
    (arrived,) = service.pushed(device)
    assert arrived.message["id"] == str(delivery.notice_id)
    assert arrived.message["data"] == delivery.data
    assert not service.pushed(other)


def test_the_longest_push_is_taken(notifier: WebPushNotifier, service: PushService) -> None:
    device = service.register()
    delivery = a_delivery(device, title="\U0001f3a5" * 140, hostName="\U0001f3a5" * 300)
    assert pushed(notifier, delivery) == Outcome(Verdict.SENT)
    assert service.pushed(device)[0].message["body"] == "\U0001f3a5" * 140


def test_many_are_sent_side_by_side_over_few_connections(
    notifier: WebPushNotifier, service: PushService
) -> None:
    devices = [service.register() for _ in range(24)]
    with notifier.sending() as send, ThreadPoolExecutor(4) as threads:
        outcomes = list(threads.map(lambda device: send(a_delivery(device)), devices))
    assert outcomes == [Outcome(Verdict.SENT)] * 24
    assert all(len(service.pushed(device)) == 1 for device in devices)
    assert service.connections <= 4


def test_a_browser_that_left_is_gone(notifier: WebPushNotifier, service: PushService) -> None:
    device = service.register()
    service.forget(device)
    assert pushed(notifier, a_delivery(device)) == Outcome(Verdict.GONE, "push_gone")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(404, {}, b"no such subscription"), Outcome(Verdict.GONE, "push_gone")),
        (Answer(410, {}, b""), Outcome(Verdict.GONE, "push_gone")),
        (Answer(429, {"Retry-After": "9"}, b""), Outcome(Verdict.LATER, "push_limited", 9.0)),
        (Answer(503, {"Retry-After": "7"}, b""), Outcome(Verdict.LATER, "push_unavailable", 7.0)),
        (Answer(500, {}, b"x" * 10_000), Outcome(Verdict.LATER, "push_unavailable")),
    ],
)
def test_what_a_service_says_decides(
    notifier: WebPushNotifier, service: PushService, answer: Answer, expected: Outcome
) -> None:
    device = service.register()
    service.answers.append(answer)
    assert pushed(notifier, a_delivery(device)) == expected
    assert pushed(notifier, a_delivery(device)) == Outcome(Verdict.SENT)


def test_another_key_than_the_one_registered_with_is_refused(
    notifier: WebPushNotifier, service: PushService
) -> None:
    device = service.register()
    assert pushed(notifier, a_delivery(device)).verdict is Verdict.SENT
    other = Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", clock.now)
    outcome = pushed(replace(notifier, vapid=other), a_delivery(device))
    assert outcome == Outcome(Verdict.REFUSED, "push_unauthorized")


def test_where_no_service_is_there_it_is_tried_again(
    notifier: WebPushNotifier, service: PushService
) -> None:
    device = service.register()
    service.shutdown()
    service.server_close()
    assert pushed(notifier, a_delivery(device)) == Outcome(Verdict.LATER, "push_unreachable")
