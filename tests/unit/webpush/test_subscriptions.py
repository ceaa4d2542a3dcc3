"""What browsers register is looked at before it is kept."""

import pytest

from stonks.adapters.memory.egress import MemoryEgress
from stonks.adapters.webpush import WebPushNotifier, check_subscription
from stonks.domain.errors import Invalid
from stonks.entrypoints.container import Container
from tests.push_browser import PushBrowser, raw, text

BROWSER = PushBrowser()
GOOD = {"endpoint": "https://push.example/1", "p256dh": BROWSER.p256dh, "auth": BROWSER.auth}
POINT = raw(BROWSER.p256dh)
OFF_THE_CURVE = text(POINT[:-1] + bytes([POINT[-1] ^ 1]))


def errors(**given: str) -> dict[str, object]:
    with pytest.raises(Invalid) as told:
        check_subscription(MemoryEgress(), **{**GOOD, **given})
    assert told.value.code == "subscription_malformed"
    return dict(told.value.errors)


def test_what_a_browser_says_is_taken() -> None:
    check_subscription(MemoryEgress(), **GOOD)


@pytest.mark.parametrize(
    "p256dh",
    [
        *("", "AAAA", "ä", BROWSER.p256dh + "=", BROWSER.p256dh[:-2], BROWSER.p256dh + "AA"),
        OFF_THE_CURVE,
        text(b"\x04" + bytes(64)),
        text(b"\x02" + POINT[1:33]),
        text(b"\x06" + POINT[1:]),
    ],
    ids=map(str, range(10)),
)
def test_a_key_must_be_a_point_of_the_curve(p256dh: str) -> None:
    assert list(errors(p256dh=p256dh)) == ["p256dh"]


@pytest.mark.parametrize(
    "auth", ["", "AAAA", "ä", BROWSER.auth + "==", text(bytes(17))], ids=map(str, range(5))
)
def test_a_secret_must_have_16_bytes(auth: str) -> None:
    assert list(errors(auth=auth)) == ["auth"]


@pytest.mark.parametrize(
    "endpoint",
    ["http://push.example/1", "https://127.0.0.1/", "https://[64:ff9b::a9fe:a9fe]/", "push", ""],
)
def test_ssrf_an_endpoint_must_be_public_and_https(endpoint: str) -> None:
    assert list(errors(endpoint=endpoint)) == ["endpoint"]


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert set(errors(endpoint="x", p256dh="x", auth="x")) == {"endpoint", "p256dh", "auth"}


def test_the_container_has_all_that_is_needed(memory_container: Container) -> None:
    with pytest.raises(Invalid):
        memory_container.check_subscription()(**{**GOOD, "endpoint": "https://10.0.0.1/"})
    push = memory_container.notifiers()["push"]
    assert isinstance(push, WebPushNotifier)
    assert push.vapid is memory_container.vapid()
    assert len(memory_container.vapid().public_key) == 87
