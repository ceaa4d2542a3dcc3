"""How fast a HOST may name receivers, and have them asked."""

from socket import EAI_AGAIN, gaierror
from typing import Any

from dependency_injector import providers

from stonks.domain.webhooks.endpoint import MOST_OF_A_CHANNEL
from tests.contracts.endpoint_props import URL
from tests.contracts.http import problem_code
from tests.unit.http.webhooks.conftest import Receivers, Stage

INSIDE = {"url": "https://127.0.0.1/"}


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def test_abuse_a_flood_of_urls_is_refused_before_a_name_is_resolved(stage: Stage) -> None:
    id_ = stage.add()["id"]
    for _ in range(15):
        assert stage.ask("POST", json=INSIDE).status_code == 422
    for _ in range(14):
        assert stage.ask("PATCH", f"/{id_}", json=INSIDE).status_code == 422
    stage.browser.container.egress.override(providers.Object(_resolving_nothing()))
    for method, path in (("POST", ""), ("PATCH", f"/{id_}")):
        refused = stage.ask(method, path, json={"url": f"{URL}/2"})
        assert refusal(refused) == (429, "too_many_endpoint_changes")
        assert 3590 <= int(refused.headers["Retry-After"]) <= 3600
        assert refused.headers["RateLimit-Policy"] == '"webhook-changes";q=30;w=3600'
    assert stage.ask("PATCH", f"/{id_}", json={"description": "new"}).status_code == 200
    salon = stage.browser.ask("POST", "/channels/salon/webhooks", "ann", json=INSIDE)
    assert salon.status_code == 422


def test_abuse_whoever_is_no_host_has_no_name_resolved(stage: Stage) -> None:
    stage.browser.container.egress.override(providers.Object(_resolving_nothing()))
    assert refusal(stage.ask("POST", who="ann", json={"url": URL})) == (403, "host_only")


def test_abuse_where_there_is_no_room_for_one_more_no_name_is_resolved(stage: Stage) -> None:
    for _ in range(MOST_OF_A_CHANNEL):
        stage.add()
    stage.browser.container.egress.override(providers.Object(_resolving_nothing()))
    assert refusal(stage.ask("POST", json={"url": URL})) == (409, "too_many_endpoints")


def test_abuse_verifications_and_tests_are_counted_together(stage: Stage) -> None:
    id_ = stage.add_active()["id"]
    for _ in range(19):
        assert stage.ask("POST", f"/{id_}/test").status_code == 200
    for path in ("test", "activate"):
        refused = stage.ask("POST", f"/{id_}/{path}")
        assert refusal(refused) == (429, "too_many_endpoint_requests")
        assert refused.headers["RateLimit-Policy"] == (
            '"webhook-requests";q=20;w=600, "webhook-requests-a-day";q=200;w=86400'
        )
    assert len(stage.receivers.asked) == 20


def test_while_the_resolver_is_in_trouble_no_name_is_kept(stage: Stage) -> None:
    id_ = stage.add()["id"]
    before = stage.read(id_)

    def troubled(_: str) -> list[str]:
        raise gaierror(EAI_AGAIN, "Temporary failure in name resolution")

    stage.browser.container.egress.override(providers.Object(Receivers(resolve=troubled)))
    for method, path in (("POST", ""), ("PATCH", f"/{id_}")):
        response = stage.ask(method, path, json={"url": f"{URL}/2"})
        assert refusal(response) == (503, "egress_unresolved")
        assert response.headers["Retry-After"] == "10"
    assert stage.ok(stage.ask("GET"))["items"] == [before]


def _resolving_nothing() -> Receivers:
    """Whoever asks it for a name fails."""

    def resolve(host: str) -> list[str]:
        raise AssertionError(f"{host} was to be resolved")

    return Receivers(resolve=resolve)
