"""No webhook leads inside: not one that is saved, and none that has been."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_network
from typing import Any
from uuid import UUID

import pytest
from dependency_injector import providers
from werkzeug.test import TestResponse

from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names
from stonks.domain.ids import EndpointId
from stonks.domain.webhooks.endpoint import Lane
from tests.contracts.addresses import LED_TO, NAMED, WRITTEN
from tests.contracts.connecting import connections
from tests.contracts.http import Browser, problem_code

PATH = "/channels/lounge/webhooks"
URL = f"https://{NAMED}/in"
PUBLIC = "9.9.9.9"
LONGEST = 2048
INSIDE = "the address leads to where nothing public is"


@dataclass(slots=True)
class Leads:
    """A resolver: where every name leads. It notes who is asked for."""

    to: Sequence[str] = (PUBLIC,)
    asked: list[str] = field(default_factory=list)

    def __call__(self, host: str) -> Sequence[str]:
        self.asked.append(host)
        return self.to


@dataclass(slots=True)
class Stage:
    """A HOST with one active webhook, which has not been told of one message."""

    browser: Browser
    leads: Leads
    id_: EndpointId

    def ask(self, method: str, path: str = "", **given: Any) -> TestResponse:
        return self.browser.ask(method, f"{PATH}{path}", "hanna", **given)

    def saved(self, url: str) -> Mapping[str, TestResponse]:
        """The answers to having it saved in either way."""
        return {
            "added": self.ask("POST", json={"url": url}),
            "changed": self.ask("PATCH", f"/{self.id_}", json={"url": url}),
        }

    def listed(self) -> Any:
        return self.ask("GET").json["items"]  # type: ignore[index]

    def has(self, url: str) -> None:
        """As if it had been fine when it was saved."""
        container = self.browser.container
        channel, at = container.read_channel()(slug="lounge"), container.now()()
        with container.begin_webhooks()() as work:
            endpoint = work.endpoints.lock(channel.id, self.id_)
            endpoint.url = url
            endpoint.activate(last_seq=0, at=at)
            work.endpoints.save(endpoint)

    def forget(self) -> None:
        """What was sent so far."""
        self.browser.container.webhook_tables().attempts.rows.clear()

    def activate(self) -> None:
        response = self.ask("POST", f"/{self.id_}/activate")
        assert (response.status_code, problem_code(response)) == (409, "verification_failed")

    def test(self) -> None:
        response = self.ask("POST", f"/{self.id_}/test")
        assert (response.status_code, response.json["outcome"]) == (200, "failed")  # type: ignore[index]

    def deliver(self) -> None:
        assert self.browser.container.deliver_events()(Lane.STEADY)

    def attempt(self) -> Any:
        """The only one of a test."""
        (attempt,) = self.ask("GET", f"/{self.id_}/attempts").json["items"]  # type: ignore[index]
        return attempt


@pytest.fixture(scope="module")
def stage(lasting_browser: Browser) -> Iterator[Stage]:
    leads = Leads()
    way_out = HttpsEgress((), Names(leads, seconds_kept=0))
    with lasting_browser.container.egress.override(providers.Object(way_out)):
        lasting_browser.sign_up("hanna")
        lasting_browser.open_channel("hanna")
        made = lasting_browser.ask("POST", PATH, "hanna", json={"url": URL})
        assert made.status_code == 201, made.text
        stage = Stage(lasting_browser, leads, EndpointId(UUID(made.json["id"])))  # type: ignore[index]
        stage.has(URL)
        said = {"text": "hello"}
        told = lasting_browser.ask("POST", "/channels/lounge/messages", "hanna", json=said)
        assert told.status_code == 201, told.text
        yield stage


@pytest.fixture(autouse=True)
def _anew(stage: Stage) -> None:
    stage.leads.to = (PUBLIC,)
    stage.leads.asked.clear()
    stage.forget()


WAYS: Mapping[str, tuple[Callable[[Stage], None], str]] = {
    "activated": (Stage.activate, "webhook.verification"),
    "tested": (Stage.test, "webhook.test"),
    "delivered": (Stage.deliver, "chat.message_posted"),
}
"""How something is sent, and what."""


def assert_not_saved(stage: Stage, url: str) -> None:
    before = stage.listed()
    for way, response in stage.saved(url).items():
        assert response.status_code == 422, f"{way}: {response.text}"
        wanted = "egress_forbidden" if len(url) <= LONGEST else "invalid_fields"
        assert problem_code(response) == wanted, way
        assert list(response.json["errors"]) == ["url"], way  # type: ignore[index]
    assert stage.listed() == before


def assert_not_asked(stage: Stage, way: str, url: str) -> Any:
    """The attempt that is on record."""
    send, type_ = WAYS[way]
    stage.forget()
    stage.has(url)
    (before,) = stage.listed()
    with connections() as made:
        send(stage)
    assert made == []
    attempt = stage.attempt()
    assert (attempt["eventType"], attempt["outcome"]) == (type_, "failed")
    assert (attempt["reason"], attempt["status"]) == ("forbidden_address", None)
    (after,) = stage.listed()
    assert after["position"] == before["position"] == 0
    assert after["failures"] == (1 if way == "delivered" else 0)
    return attempt


@pytest.mark.parametrize("form", WRITTEN)
def test_ssrf_no_url_in_any_forbidden_form_is_saved(stage: Stage, form: str) -> None:
    assert_not_saved(stage, WRITTEN[form])
    assert stage.leads.asked == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", WRITTEN)
def test_ssrf_no_url_in_any_forbidden_form_is_connected_to(
    stage: Stage, form: str, way: str
) -> None:
    assert_not_asked(stage, way, WRITTEN[form])
    assert stage.leads.asked == []


@pytest.mark.parametrize("form", LED_TO)
def test_ssrf_no_name_that_leads_inside_is_saved(stage: Stage, form: str) -> None:
    stage.leads.to = (LED_TO[form],)
    assert_not_saved(stage, f"https://{NAMED}/another")


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", LED_TO)
def test_ssrf_no_name_that_leads_inside_is_connected_to(stage: Stage, form: str, way: str) -> None:
    stage.leads.to = (LED_TO[form],)
    attempt = assert_not_asked(stage, way, URL)
    assert attempt["detail"] == INSIDE
    assert stage.leads.asked == [NAMED]


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "to", [(PUBLIC, "10.0.0.1"), ("169.254.169.254", PUBLIC), (*[PUBLIC] * 3, "2a00::1", "::1")]
)
def test_ssrf_one_bad_address_among_good_ones_is_enough(
    stage: Stage, to: Sequence[str], way: str
) -> None:
    stage.leads.to = to
    assert_not_saved(stage, f"https://{NAMED}/another")
    assert_not_asked(stage, way, URL)


@pytest.mark.parametrize("url", ["HTTPS://HOOKS.EXAMPLE/", "https://LocalHost:8443/"])
def test_ssrf_capital_letters_are_no_way_around(stage: Stage, url: str) -> None:
    stage.leads.to = ("127.0.0.1",)
    assert_not_saved(stage, url)
    for way in WAYS:
        assert_not_asked(stage, way, url)
    assert {host.lower() for host in stage.leads.asked} == set(stage.leads.asked)


def test_ssrf_who_saves_cannot_tell_a_name_inside_from_one_that_leads_nowhere(
    stage: Stage,
) -> None:
    told = []
    for to in ((), ("10.0.0.1",), ("::1",), (PUBLIC, "127.0.0.1")):
        stage.leads.to = to
        answers = stage.saved(f"https://{NAMED}/another")
        told.append([response.json for response in answers.values()])
    assert all(each == told[0] for each in told)


def test_a_connection_that_is_made_is_noted_here() -> None:
    """Or none of these tests could fail."""
    way_out = HttpsEgress((ip_network("127.0.0.0/8"),), Names(lambda _: ["127.0.0.1"]))
    with connections() as made, pytest.raises(Exception, match="nothing was sent"):
        way_out.post("https://hooks.example:1024/", b"", {}, seconds=5)
    assert made == [("127.0.0.1", 1024)]
