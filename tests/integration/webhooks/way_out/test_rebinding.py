"""A webhook whose name leads elsewhere after it was saved."""

from dataclasses import replace

import pytest
from dependency_injector import providers

from stonks.adapters.egress import pool
from tests.integration.egress.conftest import HOST
from tests.integration.egress.dns_server import BROKEN, NOWHERE, SILENT, Says
from tests.integration.webhooks.way_out.hosting import Hosting, WillingReceiver

GOOD, METADATA = "127.0.0.1", "169.254.169.254"
INSIDE = "the address leads to where nothing public is"
TURNED = {
    "metadata": Says([METADATA]),
    "private": Says(["10.0.0.1"]),
    "loopback-ipv6": Says(["::1"]),
    "both-in-one": Says([GOOD, METADATA]),
    "ipv6-beside": Says([GOOD, "fd00:ec2::254"]),
    "alias": Says([METADATA], ["cdn.example", "edge.example"]),
    "last-of-a-hundred": Says([*(f"127.0.1.{number}" for number in range(1, 100)), METADATA]),
}


@pytest.mark.parametrize("turned", TURNED)
def test_ssrf_a_name_that_turns_inside_before_it_is_verified_is_not_asked(
    stage: Hosting, receiver: WillingReceiver, turned: str
) -> None:
    stage.dns.says(HOST, [GOOD], TURNED[turned])
    stage.add(receiver.origin)
    stage.forget_names()
    response = stage.ask("POST", f"/{stage.id_}/activate")
    assert (response.status_code, response.json["code"]) == (409, "verification_failed")
    assert response.json["detail"] == f"it was not verified: {INSIDE}"
    (attempt,) = stage.attempts()
    assert (attempt["reason"], attempt["detail"]) == ("forbidden_address", INSIDE)
    assert (receiver.connections, stage.read()["status"]) == (0, "pending")


@pytest.mark.parametrize("turned", TURNED)
def test_ssrf_a_name_that_turns_inside_later_is_told_nothing_and_keeps_its_place(
    stage: Hosting,
    receiver: WillingReceiver,
    turned: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Although the connection to where it led is open still, and good again afterwards."""
    monkeypatch.setattr(pool, "SECONDS_IDLE", 3600.0)  # however slow this machine is
    stage.add_active(receiver.origin)
    stage.say("one")
    stage.deliver()
    told = len(receiver.asked)
    assert (told, receiver.connections) == (2, 1)

    stage.dns.says(HOST, TURNED[turned])
    stage.forget_names()
    stage.say("two", "three")
    stage.deliver()
    stage.ok("POST", f"/{stage.id_}/test")
    assert len(receiver.asked) == told
    test, event = stage.attempts()[:2]
    assert (test["eventType"], event["seq"]) == ("webhook.test", 2)
    for attempt in (test, event):
        assert (attempt["outcome"], attempt["status"]) == ("failed", None)
        assert (attempt["reason"], attempt["detail"]) == ("forbidden_address", INSIDE)
    endpoint = stage.read()
    assert (endpoint["status"], endpoint["position"], endpoint["behind"]) == ("active", 1, 2)
    assert (endpoint["failures"], endpoint["nextAttemptAt"] is None) == (1, False)

    stage.dns.says(HOST, [GOOD])
    stage.forget_names()
    stage.activate()
    stage.deliver()
    assert (stage.read()["position"], stage.read()["behind"]) == (3, 0)
    assert receiver.connections == 1, "it was open all the time"


def test_the_address_is_shown_to_nobody(
    stage: Hosting, receiver: WillingReceiver, capfd: pytest.CaptureFixture[str]
) -> None:
    stage.add_active(receiver.origin)
    stage.dns.says(HOST, [GOOD, METADATA])
    stage.forget_names()
    stage.say("one")
    stage.deliver()
    stage.ask("POST", f"/{stage.id_}/activate")
    shown = [
        stage.ask("GET", path).text for path in ("", f"/{stage.id_}", f"/{stage.id_}/attempts")
    ]
    saving = stage.ask("POST", json={"url": f"{receiver.origin}/other"})
    assert saving.status_code == 422
    logged = "".join(capfd.readouterr())
    assert "/activate" in logged
    for text in (*shown, saving.text, logged):
        assert METADATA not in text
        assert GOOD not in text


def test_a_run_of_events_asks_for_the_name_once(stage: Hosting, receiver: WillingReceiver) -> None:
    """Nothing that is said next counts until it is asked for again, 30 seconds later."""
    stage.dns.says(HOST, [GOOD], [METADATA])
    stage.add_active(receiver.origin)
    stage.say(*(f"message {number}" for number in range(10)))
    stage.deliver()
    assert stage.read()["position"] == 10
    assert stage.dns.lookups[HOST] == 1


LOST = ("not_reached", "nothing was sent: the host does not resolve")
NOT_PUBLIC = ("forbidden_address", "the address leads to where nothing public is")


@pytest.mark.parametrize(
    ("trouble", "told"),
    [(NOWHERE, NOT_PUBLIC), (Says([METADATA]), NOT_PUBLIC), (BROKEN, LOST)],
    ids=["no-name", "inside", "broken"],
)
def test_ssrf_dns_in_trouble_is_a_failure_that_tells_no_names_apart_and_is_over_when_it_is(
    stage: Hosting, receiver: WillingReceiver, trouble: Says, told: tuple[str, str]
) -> None:
    stage.add_active(receiver.origin)
    stage.dns.says(HOST, trouble, [GOOD])
    stage.forget_names()
    stage.say("one")
    stage.deliver()
    attempt = stage.attempts()[0]
    assert (attempt["reason"], attempt["detail"]) == told
    assert attempt["status"] is None
    stage.forget_names()
    stage.activate()
    stage.deliver()
    assert (stage.read()["position"], stage.read()["failures"]) == (1, 0)


def test_dns_that_is_silent_takes_the_time_of_one_attempt_and_no_place(
    stage: Hosting, receiver: WillingReceiver
) -> None:
    container = stage.browser.container
    deliver = container.deliver_events()
    hurried = replace(deliver, send=replace(deliver.send, longest=0.2))
    stage.add_active(receiver.origin)
    stage.dns.says(HOST, SILENT, [GOOD])
    stage.forget_names()
    stage.say("one")
    with container.deliver_events.override(providers.Object(hurried)):
        stage.deliver()
    attempt = stage.attempts()[0]
    assert (attempt["reason"], attempt["status"]) == ("timeout", None)
    assert (stage.read()["position"], stage.read()["behind"]) == (0, 1)
    stage.activate()
    stage.deliver()
    assert (stage.read()["position"], stage.read()["failures"]) == (1, 0)


def test_a_name_that_cannot_be_told_is_not_saved_and_may_be_tried_again(
    stage: Hosting, receiver: WillingReceiver
) -> None:
    stage.dns.says(HOST, BROKEN, [GOOD])
    response = stage.ask("POST", json={"url": receiver.origin})
    assert (response.status_code, response.json["code"]) == (503, "egress_unresolved")
    assert response.headers["Retry-After"] == "10"
    assert stage.ok("GET")["items"] == []
    stage.add(receiver.origin)
