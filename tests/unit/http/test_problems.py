"""Every stated bad input is answered with a clear problem and changes nothing."""

import json
from typing import Any

import pytest
from flask import Flask

from stonks.domain.errors import Limited, Unavailable
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from tests.contracts.http import BASE, Browser, problem_code


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    """Refusals change nothing, so one is enough for all of them."""
    lasting_browser.sign_up("hanna")
    lasting_browser.open_channel("hanna")
    return lasting_browser


@pytest.fixture(scope="module")
def host(browser: Browser) -> str:
    return "hanna"


@pytest.fixture(scope="module")
def raised() -> list[Exception]:
    """What ``/raise`` raises: the last of them."""
    return []


@pytest.fixture(scope="module")
def failing(browser: Browser, raised: list[Exception]) -> Flask:
    app = create_app(browser.container)

    @app.get("/raise")
    def fail() -> str:
        raise raised[-1]

    return app


@pytest.mark.parametrize(
    ("sent", "status", "code"),
    [
        ({"data": "{", "content_type": "application/json"}, 400, "malformed_json"),
        ({"data": b"\xff", "content_type": "application/json"}, 400, "malformed_json"),
        ({"data": '{"slug": NaN}', "content_type": "application/json"}, 400, "malformed_json"),
        ({"data": "[" * 100_000, "content_type": "application/json"}, 400, "malformed_json"),
        ({"data": '"\\ud800"', "content_type": "application/json"}, 400, "malformed_json"),
        ({"data": "slug=abc", "content_type": "text/plain"}, 415, "unsupported_media_type"),
        ({"data": {"slug": "abc"}}, 415, "unsupported_media_type"),
        ({"json": ["a list"]}, 422, "invalid_fields"),
        ({"json": None}, 422, "invalid_fields"),
        ({}, 422, "invalid_fields"),
        ({"json": {"slug": "abc"}}, 422, "invalid_fields"),
        ({"json": {"slug": 7, "title": "T"}}, 422, "invalid_fields"),
        ({"json": {"slug": "abc", "title": None}}, 422, "invalid_fields"),
        ({"json": {"slug": "abc", "title": "T", "hostId": "x"}}, 422, "invalid_fields"),
        ({"json": {"slug": "a", "title": "T"}}, 422, "slug_malformed"),
        ({"json": {"slug": "abc", "title": "x" * 141}}, 422, "title_too_long"),
        ({"data": b"x" * 1_048_577, "content_type": "application/json"}, 413, "body_too_large"),
        ({"json": {"slug": "LOUNGE", "title": "T"}}, 409, "slug_taken"),
    ],
)
def test_a_bad_body_is_refused_and_opens_nothing(
    browser: Browser, host: str, sent: dict[str, Any], status: int, code: str
) -> None:
    response = browser.ask("POST", "/channels", host, **sent)
    assert (response.status_code, problem_code(response)) == (status, code)
    assert [item["slug"] for item in browser.ask("GET", "/channels").json["items"]] == ["lounge"]


def test_a_wrong_field_is_named_with_its_reason(browser: Browser, host: str) -> None:
    body = {"slug": 7, "title": "T", "role": "SUPERADMIN"}
    response = browser.ask("POST", "/channels", host, json=body)
    assert response.json["errors"] == {"slug": ["Not a valid string."], "role": ["Unknown field."]}


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic YTpi", "Bearer not.a.token"])
@pytest.mark.parametrize("path", ["/profiles/me", "/channels/lounge/messages"])
def test_a_bad_token_is_refused_also_where_none_is_needed(
    browser: Browser, host: str, header: str, path: str
) -> None:
    response = browser.ask("GET", path, headers={"Authorization": header})
    assert (response.status_code, problem_code(response)) == (401, "token_invalid")
    assert response.headers["WWW-Authenticate"].startswith("Bearer")


def test_nobody_is_told_to_sign_in_before_their_body_is_read(browser: Browser) -> None:
    response = browser.ask("POST", "/channels", data="{", content_type="application/json")
    assert (response.status_code, problem_code(response)) == (401, "token_missing")


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/nowhere", 404, "not_found"),
        ("GET", "/channels/", 404, "not_found"),
        ("GET", "//channels", 404, "not_found"),
        ("DELETE", "/channels", 405, "method_not_allowed"),
        ("GET", "/channels/nope", 404, "unknown_channel"),
        ("GET", "/channels/%00abc", 404, "unknown_channel"),
        ("GET", "/channels?limit=0", 422, "invalid_fields"),
        ("GET", "/channels?limit=101", 422, "invalid_fields"),
        ("GET", "/channels?limit=ten", 422, "invalid_fields"),
        ("GET", "/channels?colour=red", 422, "invalid_fields"),
        ("GET", "/channels?cursor=%FF", 422, "bad_cursor"),
        ("GET", "/channels?cursor=YWJj", 422, "bad_cursor"),
        ("GET", "/channels?q=%00", 422, "q_bad_characters"),
        ("GET", "/channels/lounge/messages?before=1&after=1", 422, "before_and_after"),
        ("GET", "/channels/lounge/messages?cursor=YWZ0ZXIgeA", 422, "bad_cursor"),
        ("GET", "/channels/lounge/messages?after=99999999999999999999", 422, "invalid_fields"),
    ],
)
def test_what_cannot_be_answered_is_a_problem(
    browser: Browser, host: str, method: str, path: str, status: int, code: str
) -> None:
    response = browser.ask(method, path)
    assert (response.status_code, problem_code(response)) == (status, code)


def test_a_method_that_is_not_taken_is_told_those_that_are(browser: Browser) -> None:
    assert "POST" in browser.ask("DELETE", "/channels").headers["Allow"]


@pytest.mark.parametrize(
    ("refusal", "status", "seconds"),
    [
        (Limited("slow_down", "slower", retry_after=1.2), 429, "2"),
        (Limited("slow_down", "slower", retry_after=0.01), 429, "1"),
        (Unavailable("database_unavailable", "later"), 503, "1"),
    ],
)
def test_who_must_wait_is_told_whole_seconds(
    failing: Flask, raised: list[Exception], refusal: Exception, status: int, seconds: str
) -> None:
    raised.append(refusal)
    response = failing.test_client().get("/raise")
    assert (response.status_code, response.headers["Retry-After"]) == (status, seconds)


def test_a_surprise_is_a_problem_without_its_story(failing: Flask, raised: list[Exception]) -> None:
    raised.append(KeyError("a secret"))
    response = failing.test_client().get("/raise")
    assert (response.status_code, problem_code(response)) == (500, "internal_error")
    assert "secret" not in response.text


def test_a_refusal_carries_no_cookie_and_the_security_headers(browser: Browser) -> None:
    headers = browser.ask("GET", "/nowhere").headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "Set-Cookie" not in headers


@pytest.mark.parametrize(
    ("sent", "is_kept"),
    [("a-sane.id_1", True), ("x" * 64, True), ("x" * 65, False), ("a b", False), ("", False)],
)
def test_a_sane_request_id_is_echoed_and_another_replaced(
    browser: Browser, sent: str, is_kept: bool
) -> None:
    echoed = browser.ask("GET", "/channels", headers={"X-Request-Id": sent}).headers
    assert (echoed["X-Request-Id"] == sent) is is_kept
    assert echoed["X-Request-Id"]


def test_two_apps_in_one_process_do_not_answer_for_each_other(browser: Browser, host: str) -> None:
    other = Container(settings=browser.container.settings())
    elsewhere = create_app(other).test_client()
    assert browser.ask("GET", "/channels/lounge").status_code == 200
    assert elsewhere.get(f"{BASE}/channels/lounge").status_code == 404
    told = elsewhere.get(
        f"{BASE}/profiles/me", headers={"Authorization": f"Bearer {browser.tokens['hanna']}"}
    )
    assert json.loads(told.data)["code"] == "session_ended"  # same key, another town
