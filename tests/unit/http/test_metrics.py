"""What is counted, and who may read it."""

from dataclasses import replace
from datetime import timedelta

from prometheus_client.parser import text_string_to_metric_families

from stonks.adapters.clock import new_id, now
from stonks.domain.ids import ProfileId
from stonks.domain.social.events import Followed
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from tests.contracts.http import Browser
from tests.contracts.town import SteppingClock, Town
from tests.contracts.waiting import fail_at, publish

TOKEN = "a token for the scraper"


def counted(text: str, **labels: str) -> float:
    """Requests with these labels."""
    families = text_string_to_metric_families(text)
    samples = [sample for family in families for sample in family.samples]
    return sum(
        sample.value
        for sample in samples
        if sample.name == "stonks_http_requests_total" and labels.items() <= sample.labels.items()
    )


def test_requests_are_counted_by_the_template_of_their_route(browser: Browser) -> None:
    client = browser.app.test_client()
    labels = {"route": "/api/v1/channels/{slug}", "method": "GET", "status": "404"}
    before = counted(client.get("/metrics").text, **labels)
    for slug in ("abc", "def"):
        browser.ask("GET", f"/channels/{slug}")
    assert counted(client.get("/metrics").text, **labels) == before + 2


def test_what_nobody_serves_is_counted_under_one_name(browser: Browser) -> None:
    client = browser.app.test_client()
    before = counted(client.get("/metrics").text, route="unmatched")
    for method in ("GET", "PROPFIND", "X" * 50):
        client.open(f"/{method}/nowhere", method=method)
    text = client.get("/metrics").text
    assert counted(text, route="unmatched") == before + 3
    assert "PROPFIND" not in text


def test_what_waits_is_told_and_for_how_long(memory_container: Container) -> None:
    client = create_app(memory_container).test_client()
    assert "stonks_outbox_waiting 0.0" in client.get("/metrics").text
    old = Followed(ProfileId(new_id()), ProfileId(new_id()), now() - timedelta(minutes=1))
    publish(Town(memory_container, SteppingClock()), old)
    told = client.get("/metrics").text
    assert "stonks_outbox_waiting 1.0" in told
    assert 'stonks_work_waiting{job="events"} 1.0' in told
    families = {one.name: one for one in text_string_to_metric_families(told)}
    for name in ("stonks_outbox_oldest_seconds", "stonks_work_oldest_seconds"):
        assert 59 < families[name].samples[0].value < 120
    assert not families["stonks_work_failing"].samples


def test_what_fails_is_told_by_job(memory_container: Container) -> None:
    town = Town(memory_container, SteppingClock())
    publish(town, Followed(ProfileId(new_id()), ProfileId(new_id()), now()))
    fail_at(town, "outbox")
    told = create_app(memory_container).test_client().get("/metrics").text
    assert 'stonks_work_failing{job="events"} 1.0' in told


def test_a_token_guards_them_where_one_is_set(memory_container: Container) -> None:
    settings = replace(memory_container.settings(), metrics_token=TOKEN)
    client = create_app(Container(settings=settings)).test_client()
    assert client.get("/metrics").status_code == 401
    for wrong in ("Bearer another token, as long", "Bearer ", "Bearer \u00e9"):
        assert client.get("/metrics", headers={"Authorization": wrong}).status_code == 401
    right = client.get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"})
    assert right.status_code == 200
