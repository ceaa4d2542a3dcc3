"""People see where they are signed in, and end it from there."""

from typing import Any

import pytest

from stonks.entrypoints.http.identity.sessions import examples
from tests.contracts.bots import make_token
from tests.contracts.cookies import Tab
from tests.contracts.http import PASSWORD, Browser, problem_code

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
UNKNOWN = "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e99"


def log_in(browser: Browser, name: str, agent: str = FIREFOX) -> str:
    """An access token of a new session."""
    body = {"login": name, "password": PASSWORD}
    response = browser.ask("POST", "/auth/login", json=body, headers={"User-Agent": agent})
    assert response.status_code == 200, response.text
    token: str = response.json["accessToken"]
    return token


def asked(browser: Browser, token: str, method: str = "GET", path: str = "/profiles/me") -> Any:
    return browser.ask(method, path, headers={"Authorization": f"Bearer {token}"})


def listed(browser: Browser, who: str) -> list[dict[str, Any]]:
    response = browser.ask("GET", "/auth/sessions", who)
    assert response.status_code == 200, response.text
    items: list[dict[str, Any]] = response.json["items"]
    return items


@pytest.fixture
def hanna(browser: Browser) -> str:
    return browser.sign_up("hanna")


def test_sessions_are_listed_with_device_and_without_place(browser: Browser, hanna: str) -> None:
    log_in(browser, hanna)
    tab = Tab(browser)
    tab.log_in(hanna)
    cookie, firefox, here = listed(browser, hanna)
    assert set(firefox) == set(examples.SESSION)
    assert (firefox["device"], firefox["userAgent"]) == ("Firefox on Linux", FIREFOX)
    assert [one["kind"] for one in (cookie, firefox, here)] == ["cookie", "token", "token"]
    assert [one["current"] for one in (cookie, firefox, here)] == [False, False, True]
    assert "127.0.0.1" not in str(firefox)


def test_a_session_in_a_cookie_knows_itself(browser: Browser, hanna: str) -> None:
    tab = Tab(browser)
    tab.log_in(hanna)
    cookie, _ = tab.ask("GET", "/auth/sessions").json["items"]
    assert (cookie["kind"], cookie["current"]) == ("cookie", True)


def test_sessions_come_a_page_at_a_time(browser: Browser, hanna: str) -> None:
    for _ in range(2):
        log_in(browser, hanna)
    first = browser.ask("GET", "/auth/sessions?limit=2", hanna).json
    rest = browser.ask("GET", f"/auth/sessions?cursor={first['nextCursor']}", hanna).json
    assert [one["id"] for one in first["items"] + rest["items"]] == [
        one["id"] for one in listed(browser, hanna)
    ]
    assert rest["nextCursor"] is None
    for bad in ("cursor=x", "limit=0", "limit=101", "other=1"):
        assert browser.ask("GET", f"/auth/sessions?{bad}", hanna).status_code == 422


def test_an_ended_session_is_refused_at_once_and_gone_from_the_list(
    browser: Browser, hanna: str
) -> None:
    token = log_in(browser, hanna)
    other = listed(browser, hanna)[0]
    path = f"/auth/sessions/{other['id']}"
    assert browser.ask("DELETE", path, hanna).status_code == 204
    assert problem_code(asked(browser, token)) == "session_ended"
    assert [one["id"] for one in listed(browser, hanna)] != [other["id"]]
    assert problem_code(browser.ask("DELETE", path, hanna)) == "unknown_session"


def test_nobody_ends_the_session_of_another(browser: Browser, hanna: str) -> None:
    browser.sign_up("bruno")
    (session,) = listed(browser, hanna)
    for id_ in (session["id"], UNKNOWN):
        response = browser.ask("DELETE", f"/auth/sessions/{id_}", "bruno")
        assert (response.status_code, problem_code(response)) == (404, "unknown_session")
    assert browser.ask("DELETE", "/auth/sessions/x", "bruno").status_code == 404
    assert len(listed(browser, hanna)) == 1


def test_a_session_that_ends_itself_clears_its_browser(browser: Browser, hanna: str) -> None:
    tab = Tab(browser)
    tab.log_in(hanna)
    current = next(one for one in listed(browser, hanna) if one["kind"] == "cookie")
    response = tab.ask("DELETE", f"/auth/sessions/{current['id']}")
    assert response.status_code == 204
    assert (tab.secret, tab.csrf) == (None, None)


def test_all_others_end_and_access_tokens_stay(browser: Browser, hanna: str) -> None:
    token, tab = log_in(browser, hanna), Tab(browser)
    tab.log_in(hanna)
    bot = make_token(browser, hanna, "profile:read")["token"]
    assert browser.ask("DELETE", "/auth/sessions", hanna).status_code == 204
    assert [one["current"] for one in listed(browser, hanna)] == [True]
    assert problem_code(asked(browser, token)) == "session_ended"
    assert problem_code(tab.me()) == "session_ended"
    assert asked(browser, bot).status_code == 200


def test_no_access_token_sees_or_ends_sessions(browser: Browser, hanna: str) -> None:
    bot = make_token(browser, hanna, "profile:read", "profile:write")["token"]
    for method, path in (
        ("GET", "/auth/sessions"),
        ("DELETE", "/auth/sessions"),
        ("DELETE", f"/auth/sessions/{UNKNOWN}"),
    ):
        assert problem_code(asked(browser, bot, method, path)) == "scope_missing"
    assert len(listed(browser, hanna)) == 1


def test_nobody_has_no_sessions(browser: Browser) -> None:
    for method, path in (("GET", "/auth/sessions"), ("DELETE", "/auth/sessions")):
        assert problem_code(browser.ask(method, path)) == "token_missing"
