"""Following over HTTP."""

from base64 import urlsafe_b64encode

import pytest
from flask import Flask

from stonks.application.ports import Pace
from stonks.entrypoints.container import Container
from tests.contracts.bots import make_token
from tests.contracts.http import Browser, browser_of, problem_code


@pytest.fixture
def browser(memory_container: Container, app: Flask) -> Browser:
    browser = browser_of(memory_container, app)
    for name in ("mara", "bruno", "cleo"):
        browser.sign_up(name)
    return browser


def follow(browser: Browser, who: str, whom: str, **body: object) -> int:
    options = {"json": body} if body else {}
    return browser.ask("PUT", f"/profiles/{whom}/follow", who, **options).status_code


def test_a_profile_says_what_who_looks_has_to_do_with_it(browser: Browser) -> None:
    def seen(who: str | None) -> tuple[object, ...]:
        shown = browser.ask("GET", "/profiles/bruno", who).json
        return shown["followers"], shown.get("followedByMe"), shown.get("notify")

    assert seen("mara") == (0, False, None)
    assert follow(browser, "mara", "BRUNO") == 204
    assert [seen(who) for who in ("mara", "cleo", "bruno", None)] == [
        *((1, True, "all"), (1, False, None), (1, False, None)),
        (1, None, None),
    ]
    assert follow(browser, "mara", "bruno", notify="none") == 204
    assert follow(browser, "mara", "bruno") == 204
    assert seen("mara") == (1, True, "none")
    assert browser.ask("GET", "/profiles/mara").json["following"] == 1
    for _ in range(2):
        assert browser.ask("DELETE", "/profiles/bruno/follow", "mara").status_code == 204
    assert seen("mara") == (0, False, None)


@pytest.mark.parametrize(
    ("whom", "body", "status", "code"),
    [
        ("bruno", {"notify": "loud"}, 422, "invalid_fields"),
        ("bruno", {"notify": None}, 422, "invalid_fields"),
        ("bruno", {"bell": "all"}, 422, "invalid_fields"),
        ("bruno", ["all"], 422, "invalid_fields"),
        ("mara", {}, 403, "not_yourself"),
        ("nobody", {}, 404, "unknown_profile"),
        ("b%00b", {}, 404, "unknown_profile"),
    ],
)
def test_a_bad_request_is_told_why_and_changes_nothing(
    browser: Browser, whom: str, body: object, status: int, code: str
) -> None:
    response = browser.ask("PUT", f"/profiles/{whom}/follow", "mara", json=body)
    assert (response.status_code, problem_code(response)) == (status, code)
    assert browser.ask("GET", "/profiles/mara/following").json["items"] == []
    assert browser.container.outbox_tables().events.items.where(lambda _: True) == []


def test_lists_go_on_where_they_stopped(browser: Browser) -> None:
    for who in ("bruno", "cleo"):
        assert follow(browser, who, "mara") == 204
    first = browser.ask("GET", "/profiles/mara/followers?limit=1").json
    rest = browser.ask(
        "GET", "/profiles/mara/followers", query_string={"cursor": first["nextCursor"]}
    ).json
    assert [item["username"] for page in (first, rest) for item in page["items"]] == [
        "cleo",
        "bruno",
    ]
    assert set(rest["items"][0]) == {"username", "fullName", "avatar", "since"}
    assert rest["nextCursor"] is None
    assert browser.ask("GET", "/profiles/cleo/following").json["items"][0]["username"] == "mara"


@pytest.mark.parametrize(
    "key",
    [
        "",
        "2026-01-01T00:00:00+00:00",
        "2026-01-01T00:00:00 01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
        "0001-01-01T00:00:00+14:00 01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
        "2026-01-01T00:00:00+00:00 mara",
        "\0 \0",
    ],
)
def test_a_cursor_that_no_page_gave_is_refused(browser: Browser, key: str) -> None:
    cursor = urlsafe_b64encode(key.encode()).decode()
    response = browser.ask("GET", "/profiles/mara/followers", query_string={"cursor": cursor})
    assert (response.status_code, problem_code(response)) == (422, "bad_cursor")


def test_abuse_a_flood_of_follows_is_refused_with_when_to_come_back(browser: Browser) -> None:
    pace: Pace = browser.container.follow_pace()
    mara = browser.asking("mara")["actor"]
    for _ in range(60):
        pace(mara)
    response = browser.ask("PUT", "/profiles/bruno/follow", "mara")
    assert (response.status_code, problem_code(response)) == (429, "too_many_follows")
    assert 1 <= int(response.headers["Retry-After"]) <= 60
    assert response.headers["RateLimit"].startswith('"follows";r=0;t=')
    policy = '"follows";q=60;w=60, "follows-a-day";q=1000;w=86400'
    assert response.headers["RateLimit-Policy"] == policy
    assert browser.ask("GET", "/profiles/bruno").json["followers"] == 0


def test_a_token_follows_with_its_scope_alone(browser: Browser) -> None:
    bot, path = "mara's bot", "/profiles/bruno"
    make_token(browser, "mara", "profile:read")
    refused = browser.ask("PUT", f"{path}/follow", bot)
    assert (refused.status_code, problem_code(refused)) == (403, "scope_missing")
    assert browser.ask("GET", path, bot).json["followedByMe"] is False
    make_token(browser, "mara", "follows:write")
    assert browser.ask("PUT", f"{path}/follow", bot).status_code == 204
    assert "followedByMe" not in browser.ask("GET", path, bot).json
    assert browser.ask("GET", path, "mara").json["followedByMe"] is True
