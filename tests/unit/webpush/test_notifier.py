"""What becomes of a push, whatever a push service answers."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from stonks.adapters.egress.refusals import failed, uncertain
from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import Vapid, WebPushNotifier, new_vapid_key, read_vapid_key
from stonks.application.egress.ports import Answer
from stonks.application.notifications.notifier import Delivery, Outcome, Verdict
from stonks.domain.errors import Unavailable
from tests.contracts.one_delivery import a_delivery, a_device
from tests.push_browser import PushBrowser, vouched

NOW = datetime(2026, 1, 5, 20, 0, tzinfo=UTC)
VAPID = Vapid(read_vapid_key(new_vapid_key()), "mailto:mara@stonks.example", lambda: NOW)
BROWSER = PushBrowser()
SENT, LATER, REFUSED, GONE = Verdict.SENT, Verdict.LATER, Verdict.REFUSED, Verdict.GONE


def notifier(egress: MemoryEgress) -> WebPushNotifier:
    return WebPushNotifier(egress, VAPID, "https://stonks.example", lambda: NOW)


def outcome(*script: Answer | Unavailable, delivery: Delivery | None = None) -> Outcome:
    egress = MemoryEgress(script)
    with notifier(egress).sending() as send:
        return send(delivery or a_delivery(a_device(BROWSER)))


def test_it_is_the_way_push() -> None:
    assert notifier(MemoryEgress()).way == "push"


def test_a_push_says_who_sends_it_how_long_it_lasts_and_what_it_replaces() -> None:
    egress = MemoryEgress()
    delivery = a_delivery(a_device(BROWSER, "https://push.example:8443/send/1?x"))
    with notifier(egress).sending() as send:
        assert send(delivery) == Outcome(SENT)
    (asked,) = egress.asked
    headers = dict(asked.headers)
    claims, key = vouched(headers.pop("Authorization"))
    assert (claims["aud"], key) == ("https://push.example:8443", VAPID.public_key)
    assert len(headers.pop("Topic")) == 32
    assert headers == {
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": "14400",
        "Urgency": "high",
    }
    assert asked.url == "https://push.example:8443/send/1?x"
    assert BROWSER.read(asked.body)["id"] == str(delivery.notice_id)


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (201, Outcome(SENT)),
        (200, Outcome(SENT)),
        (202, Outcome(SENT)),
        (404, Outcome(GONE, "push_gone")),
        (410, Outcome(GONE, "push_gone")),
        (429, Outcome(LATER, "push_limited", 120.0)),
        (500, Outcome(LATER, "push_unavailable", 120.0)),
        (503, Outcome(LATER, "push_unavailable", 120.0)),
        (400, Outcome(REFUSED, "push_malformed")),
        (401, Outcome(REFUSED, "push_unauthorized")),
        (403, Outcome(REFUSED, "push_unauthorized")),
        (413, Outcome(REFUSED, "push_too_large")),
        (418, Outcome(REFUSED, "push_refused")),
        (307, Outcome(REFUSED, "push_refused")),
    ],
)
def test_each_answer_has_its_meaning(status: int, expected: Outcome) -> None:
    assert outcome(Answer(status, {"Retry-After": "120"}, b"")) == expected


def test_when_to_come_back_may_be_a_date_or_left_open() -> None:
    told = {"Retry-After": "Mon, 05 Jan 2026 20:00:30 GMT"}
    assert outcome(Answer(503, told, b"")).retry_after == 30.0
    assert outcome(Answer(503, {}, b"")).retry_after is None


def test_what_may_have_left_is_never_sent_again() -> None:
    assert outcome(failed("nobody is there")) == Outcome(LATER, "push_unreachable")
    assert outcome(uncertain("it hung up")) == Outcome(REFUSED, "push_uncertain")


def test_an_endpoint_that_leads_inside_is_refused_and_kept() -> None:
    inside = a_delivery(a_device(BROWSER, "https://169.254.169.254/"))
    assert outcome(delivery=inside) == Outcome(REFUSED, "push_forbidden")
    assert outcome(delivery=a_delivery(a_device(BROWSER, "no url"))).reason == "push_forbidden"


@pytest.mark.parametrize("bad", [{"p256dh": "AAAA"}, {"auth": "AAAA"}, {"p256dh": "ä"}])
def test_a_device_that_nothing_can_be_encrypted_for_is_gone(bad: dict[str, str]) -> None:
    delivery = a_delivery(replace(a_device(BROWSER), **bad))
    assert outcome(delivery=delivery) == Outcome(GONE, "push_bad_keys")


def test_a_delivery_without_a_device_is_none_for_this_way() -> None:
    assert outcome(delivery=a_delivery(None)) == Outcome(REFUSED, "push_without_device")
