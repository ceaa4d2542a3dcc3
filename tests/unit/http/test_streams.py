"""The routes of streams, as people use them."""

from typing import Any

import pytest

from tests.contracts.http import Browser, problem_code

LOUNGE = "/channels/lounge"
STREAMS = f"{LOUNGE}/streams"
CURRENT = f"{STREAMS}/current"


@pytest.fixture(autouse=True)
def _people(browser: Browser) -> None:
    for name in ("hanna", "ann"):
        browser.sign_up(name)
    browser.sign_up("sana", is_staff=True)
    browser.open_channel("hanna")


def refusal(response: Any) -> tuple[int, str]:
    return response.status_code, problem_code(response)


def test_a_stream_reads_as_it_was_started_and_ended(browser: Browser) -> None:
    started = browser.ask("POST", STREAMS, "hanna", json={"title": "Opening bell"})
    assert started.status_code == 201
    stream = started.json
    assert set(stream) == {"id", "title", "startedAt", "endedAt", "endReason"}
    assert (stream["title"], stream["endedAt"], stream["endReason"]) == ("Opening bell", None, None)
    assert len(stream["startedAt"]) == len("2026-01-05T20:15:00.000Z")
    assert browser.ask("GET", CURRENT).json == stream
    assert browser.ask("POST", f"{CURRENT}/beat", "hanna").status_code == 204
    assert browser.ask("POST", f"{CURRENT}/end", "sana").status_code == 204
    (over,) = browser.ask("GET", STREAMS).json["items"]
    assert (over["id"], over["endReason"]) == (stream["id"], "ended")
    assert over["endedAt"] >= over["startedAt"]
    for method, path in [("GET", CURRENT), ("POST", f"{CURRENT}/end"), ("POST", f"{CURRENT}/beat")]:
        assert refusal(browser.ask(method, path, "hanna")) == (404, "not_live")


def test_a_start_without_a_body_takes_the_channels_title(browser: Browser) -> None:
    title = browser.ask("GET", LOUNGE).json["title"]
    assert browser.ask("POST", STREAMS, "hanna").json["title"] == title
    assert refusal(browser.ask("POST", STREAMS, "hanna", json={})) == (409, "already_live")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"title": ""}, "title_too_short"),
        ({"title": "x" * 141}, "title_too_long"),
        ({"title": None}, "invalid_fields"),
        ({"title": 7}, "invalid_fields"),
        ({"startedAt": "2026-01-05T20:15:00.000Z"}, "invalid_fields"),
        ({"isAnnounced": True}, "invalid_fields"),
    ],
)
def test_a_start_that_is_wrong_starts_nothing(browser: Browser, body: Any, code: str) -> None:
    assert refusal(browser.ask("POST", STREAMS, "hanna", json=body)) == (422, code)
    assert browser.ask("GET", STREAMS).json["items"] == []


def test_a_start_that_is_sent_again_is_the_same_stream(browser: Browser) -> None:
    key = {"Idempotency-Key": "go"}
    first = browser.ask("POST", STREAMS, "hanna", json={}, headers=key)
    again = browser.ask("POST", STREAMS, "hanna", json={}, headers=key)
    assert (again.status_code, again.json) == (201, first.json)
    assert len(browser.ask("GET", STREAMS).json["items"]) == 1


def test_streams_are_listed_a_page_at_a_time(browser: Browser) -> None:
    for number in range(3):
        browser.ask("POST", STREAMS, "hanna", json={"title": f"Number {number}"})
        browser.ask("POST", f"{CURRENT}/end", "hanna")
    first = browser.ask("GET", f"{STREAMS}?limit=2").json
    rest = browser.ask("GET", f"{STREAMS}?limit=2&cursor={first['nextCursor']}").json
    titles = [item["title"] for item in first["items"] + rest["items"]]
    assert titles == ["Number 2", "Number 1", "Number 0"]
    assert rest["nextCursor"] is None
    assert refusal(browser.ask("GET", f"{STREAMS}?cursor=x")) == (422, "bad_cursor")


def test_a_channel_tells_whether_it_is_live(browser: Browser) -> None:
    browser.open_channel("ann", "quiet")
    assert browser.ask("GET", LOUNGE).json["live"] is None
    stream = browser.ask("POST", STREAMS, "hanna", json={"title": "Opening bell"}).json
    live = {name: stream[name] for name in ("id", "title", "startedAt")}
    assert browser.ask("GET", LOUNGE).json["live"] == live

    def slugs(query: str) -> list[str]:
        return [item["slug"] for item in browser.ask("GET", f"/channels{query}").json["items"]]

    assert slugs("") == ["quiet", "lounge"]
    assert slugs("?live=true") == ["lounge"]
    assert slugs("?live=false&q=qui") == ["quiet"]
    assert slugs("?live=true&q=qui") == []
    wrong = browser.ask("GET", "/channels?live=perhaps")
    assert refusal(wrong) == (422, "invalid_fields")
    assert [*wrong.json["errors"]] == ["live"]


def test_a_suspension_ends_the_stream(browser: Browser) -> None:
    browser.ask("POST", STREAMS, "hanna")
    assert browser.ask("PUT", f"{LOUNGE}/suspension", "sana").status_code == 204
    assert browser.ask("GET", LOUNGE).json["live"] is None
    assert browser.ask("GET", STREAMS).json["items"][0]["endReason"] == "suspended"
    assert refusal(browser.ask("POST", STREAMS, "hanna")) == (403, "channel_suspended")


def test_a_channel_that_is_live_can_be_deleted(browser: Browser) -> None:
    browser.ask("POST", STREAMS, "hanna")
    assert browser.ask("DELETE", LOUNGE, "hanna").status_code == 204
    assert refusal(browser.ask("GET", CURRENT)) == (404, "unknown_channel")
    browser.open_channel("hanna")
    assert browser.ask("GET", STREAMS).json["items"] == []


def test_abuse_a_flood_of_starts_is_refused_and_going_dark_never_is(browser: Browser) -> None:
    for _ in range(12):
        assert browser.ask("POST", STREAMS, "hanna").status_code == 201
        assert refusal(browser.ask("POST", STREAMS, "hanna")) == (409, "already_live")
        assert browser.ask("POST", f"{CURRENT}/end", "hanna").status_code == 204
    refused = browser.ask("POST", STREAMS, "hanna")
    assert refusal(refused) == (429, "too_many_streams")
    assert 590 <= int(refused.headers["Retry-After"]) <= 600
    policy = '"streams";q=12;w=600, "streams-a-day";q=60;w=86400'
    assert refused.headers["RateLimit-Policy"] == policy
    assert len(browser.ask("GET", STREAMS).json["items"]) == 12
    browser.open_channel("hanna", "cellar")
    assert refusal(browser.ask("POST", "/channels/cellar/streams", "hanna"))[0] == 429
    browser.open_channel("ann", "attic")
    assert browser.ask("POST", "/channels/attic/streams", "ann").status_code == 201
