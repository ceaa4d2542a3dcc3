"""Whatever a webhook is sent goes to the address that was checked, and nowhere else."""

import pytest

from stonks.application.egress.ports import Answer
from tests.integration.egress.certificates import Authority, new_authority
from tests.integration.egress.conftest import HOST
from tests.integration.egress.dns_server import Says
from tests.integration.egress.listening import listening, say_nothing
from tests.integration.egress.receiver import receive, receiving
from tests.integration.webhooks.way_out.conftest import Greeted
from tests.integration.webhooks.way_out.hosting import Hosting, WillingReceiver

OTHER = "other.example"
PROXIES = [
    *("http_proxy", "https_proxy", "all_proxy", "ftp_proxy", "socks_proxy"),
    *("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "FTP_PROXY", "SOCKS_PROXY"),
]


def test_host_and_sni_are_the_name_while_the_address_is_the_one_that_was_checked(
    stage: Hosting, receiver: WillingReceiver, greeted: Greeted
) -> None:
    stage.add_active(f"{receiver.origin}/in?a=b")
    stage.say("one")
    stage.deliver()
    assert greeted.names == [HOST]
    assert [asked.url for asked in receiver.asked] == [f"{receiver.origin}/in?a=b"] * 2
    assert {asked.headers["Host"] for asked in receiver.asked} == {f"{HOST}:{receiver.server_port}"}
    assert stage.dns.lookups == {HOST: 1}


def test_through_an_alias_the_name_is_the_one_of_the_url(
    stage: Hosting, receiver: WillingReceiver, greeted: Greeted
) -> None:
    """A certificate of where it leads to proves nothing."""
    stage.dns.says(HOST, Says(["127.0.0.1"], [OTHER]))
    stage.add_active(receiver.origin)
    assert greeted.names == [HOST]


@pytest.mark.parametrize("wrong", ["name", "address", "authority", "time"])
def test_a_certificate_that_does_not_prove_the_name_is_sent_nothing(
    stage: Hosting, authority: Authority, wrong: str
) -> None:
    context = {
        "name": lambda: authority.serving(OTHER),
        "address": lambda: authority.serving("127.0.0.1"),
        "authority": lambda: new_authority(authority.folder).serving(HOST),
        "time": lambda: authority.serving(HOST, ended=True),
    }[wrong]()
    receiver = WillingReceiver(HOST, context)
    with receive(receiver):
        stage.add(receiver.origin)
        assert stage.ask("POST", f"/{stage.id_}/activate").status_code == 409
        assert (receiver.connections, receiver.asked) == (1, [])
    (attempt,) = stage.attempts()
    assert attempt["reason"] == "not_reached"
    assert attempt["detail"] == "nothing was sent: its certificate is not to be trusted"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_ssrf_a_redirect_to_metadata_is_followed_by_nothing_that_is_sent(
    stage: Hosting, receiver: WillingReceiver, status: int
) -> None:
    """It would be reached: where it stands in for metadata, everything is allowed."""
    with receiving("127.0.0.1", None) as metadata:
        leading = Answer(status, {"Location": f"{metadata.origin}/latest/meta-data/"}, b"")
        stage.add_active(receiver.origin)
        receiver.answers.extend([leading] * 3)
        stage.ok("POST", f"/{stage.id_}/test")
        stage.say("one")
        stage.deliver()
        assert stage.ask("POST", f"/{stage.id_}/activate").status_code == 409
        assert (metadata.connections, metadata.asked) == (0, [])
    reasons = [(one["reason"], one["status"]) for one in stage.attempts()]
    assert reasons == [("redirect", status)] * 3 + [(None, 200)]
    assert stage.read()["position"] == 0


def test_ssrf_what_an_answer_says_beside_its_status_leads_nowhere(
    stage: Hosting, receiver: WillingReceiver
) -> None:
    with receiving("127.0.0.1", None) as metadata:
        elsewhere = {
            "Location": metadata.origin,
            "Refresh": f"0; url={metadata.origin}",
            "Link": f"<{metadata.origin}>; rel=preload",
            "Alt-Svc": f'h2="127.0.0.1:{metadata.server_port}"; ma=3600',
            "Content-Location": metadata.origin,
        }
        stage.add_active(receiver.origin)
        receiver.answers.append(Answer(200, elsewhere, b""))
        stage.say("one", "two")
        stage.deliver()
        assert metadata.connections == 0
    assert (stage.read()["position"], receiver.connections) == (2, 1)


def test_ssrf_proxies_of_the_environment_are_asked_for_nothing(
    stage: Hosting, receiver: WillingReceiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(say_nothing) as proxy:
        for name in PROXIES:
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        for name in ("no_proxy", "NO_PROXY"):
            monkeypatch.delenv(name, raising=False)
        stage.add_active(receiver.origin)
        stage.say("one")
        stage.deliver()
        stage.ok("POST", f"/{stage.id_}/test")
        assert proxy.connections == 0
    assert len(receiver.asked) == 3
    assert receiver.connections == 1


def test_by_http_to_a_network_that_is_allowed_and_to_none_that_is_not(stage: Hosting) -> None:
    """With the way out as an operator of 127.0.0.0/8 has it."""
    receiver = WillingReceiver(HOST, None)
    with receive(receiver):
        stage.add_active(receiver.origin)
        stage.say("one")
        stage.deliver()
        assert stage.read()["position"] == 1
        for other in (["10.0.0.1"], ["9.9.9.9"], ["::1"], ["127.0.0.1", "9.9.9.9"]):
            stage.dns.says(OTHER, other)
            stage.forget_names()
            refused = stage.ask("POST", json={"url": f"http://{OTHER}:{receiver.server_port}/"})
            assert (refused.status_code, refused.json["code"]) == (422, "egress_forbidden")
            assert refused.json["errors"] == {"url": ["is no https URL"]}
