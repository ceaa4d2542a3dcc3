"""No webhook leads inside: not one that is saved, and none that has been."""

from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from uuid import UUID

import pytest
from dependency_injector import providers

from stonks.adapters.egress import HttpsEgress
from stonks.adapters.egress.names import Names
from stonks.domain.ids import EndpointId
from tests.contracts.addresses import LED_TO, NAMED, WRITTEN
from tests.contracts.connecting import connections
from tests.contracts.http import Browser
from tests.unit.http.webhooks.leading import (
    PATH,
    PUBLIC,
    URL,
    WAYS,
    Leads,
    Stage,
    assert_not_asked,
    assert_not_saved,
)

INSIDE = "the address leads to where nothing public is"


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
