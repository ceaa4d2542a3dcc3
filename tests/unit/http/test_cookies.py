"""Browsers are kept signed in by a cookie, and nobody else's page can use it."""

from typing import Any

import pytest
from pyotp import TOTP

from stonks.domain.identity.session_cookie import csrf_token_of
from stonks.entrypoints.http.cookies import CSRF, SESSION
from tests.contracts.bots import bearer_of, live, make_token, member_routes
from tests.contracts.cookies import HERE, IN_COOKIE, Tab
from tests.contracts.http import BASE, PASSWORD, Browser, problem_code

FOREIGN = [
    "null",
    "",
    "https://evil.example",
    "http://localhost",
    "http://localhost:8001",
    "https://localhost:8000",
    "http://sub.localhost:8000",
    "http://localhost.evil.example:8000",
    "http://localhost:8000.evil.example",
    "http://user@localhost:8000",
    "http://localhost:8000@evil.example",
    "http://xn--lcalhost-95a:8000",
    "http://localhost:port",
    "file://",
]
CHANGE = {"fullName": "Somebody Else"}


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    for name in ("hanna", "bruno"):
        lasting_browser.sign_up(name)
    return lasting_browser


@pytest.fixture
def tab(browser: Browser) -> Tab:
    """Hanna's."""
    tab = Tab(browser)
    assert tab.log_in("hanna").status_code == 200
    return tab


def refused(response: Any, status: int = 403, code: str = "csrf_failed") -> None:
    assert (response.status_code, problem_code(response)) == (status, code)


def is_unchanged(tab: Tab) -> bool:
    return bool(tab.me().json["fullName"] != CHANGE["fullName"])


def test_a_page_gets_no_tokens_but_a_cookie_and_a_csrf_token(browser: Browser) -> None:
    tab = Tab(browser)
    for enter in (tab.sign_up, tab.log_in):
        response = enter("newcomer")
        assert response.status_code in (200, 201)
        assert set(response.json) == {"profile", "csrfToken", "expiresIn"}
        assert response.json["expiresIn"] == 30 * 24 * 3600
        assert response.json["csrfToken"] == tab.csrf
        assert tab.secret is not None
        assert tab.secret not in response.text
        assert tab.me().json["username"] == "newcomer"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_hosts(browser: Browser) -> None:
    kept = {
        line.split("=")[0]: {part.strip() for part in line.split(";")[1:]}
        for line in Tab(browser).log_in("hanna").headers.getlist("Set-Cookie")
    }
    assert set(kept) == {SESSION, CSRF}
    for name, attributes in kept.items():
        assert {"Secure", "Path=/", "SameSite=Lax"} <= attributes
        assert ("HttpOnly" in attributes) is (name == SESSION)
        assert not any(part.startswith("Domain") for part in attributes)
        assert name.startswith("__Host-")


def test_whoever_does_not_ask_for_a_cookie_gets_none(browser: Browser) -> None:
    body = {"login": "hanna", "password": PASSWORD}
    response = browser.ask("POST", "/auth/login", json=body)
    assert "Set-Cookie" not in response.headers
    assert "accessToken" in response.json


def test_a_kind_of_session_that_is_unknown_is_refused(browser: Browser) -> None:
    body = {"login": "hanna", "password": PASSWORD}
    for kind in ("", "token", "cookies"):
        response = browser.ask("POST", "/auth/login", json=body, headers={"Stonks-Session": kind})
        refused(response, 400, "bad_session_kind")


def test_no_secret_of_a_cookie_is_kept_as_it_is(tab: Tab) -> None:
    assert tab.secret is not None
    assert len(tab.secret) >= 43, "256 bits"
    assert tab.secret not in repr(tab.browser.container.identity_tables())


def test_csrf_what_the_page_asks_is_done(tab: Tab, browser: Browser) -> None:
    for headers in ({}, {"Sec-Fetch-Site": ""}, {"Origin": HERE.upper().replace("HTTP", "http")}):
        sent = {"Origin": HERE, "X-CSRF-Token": tab.csrf or ""} | headers
        sent = {name: value for name, value in sent.items() if value}
        changed = tab.send("PATCH", "/profiles/me", json={"fullName": "Hanna"}, headers=sent)
        assert changed.status_code == 200, headers


@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_csrf_without_the_token_nothing_changes(tab: Tab, method: str) -> None:
    for wrong in ("", "x", "é", (tab.csrf or "")[:-1], (tab.csrf or "") + "x", tab.secret or ""):
        refused(tab.ask(method, _path(method), headers={"X-CSRF-Token": wrong}, json=CHANGE))
    assert is_unchanged(tab)


@pytest.mark.parametrize("origin", FOREIGN)
def test_csrf_a_foreign_origin_changes_nothing_even_with_the_token(tab: Tab, origin: str) -> None:
    headers = {"Origin": origin, "X-CSRF-Token": tab.csrf or ""}
    refused(tab.send("PATCH", "/profiles/me", headers=headers, json=CHANGE))
    refused(tab.ask("PATCH", "/profiles/me", headers={"Origin": origin}, json=CHANGE))
    assert is_unchanged(tab)


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "same-originx"])
def test_csrf_what_the_browser_calls_another_site_changes_nothing(tab: Tab, site: str) -> None:
    refused(tab.ask("PATCH", "/profiles/me", headers={"Sec-Fetch-Site": site}, json=CHANGE))
    assert is_unchanged(tab)


def test_csrf_where_it_comes_from_must_be_said(tab: Tab) -> None:
    headers = {"X-CSRF-Token": tab.csrf or ""}
    refused(tab.send("PATCH", "/profiles/me", headers=headers, json=CHANGE))
    assert is_unchanged(tab)


def test_csrf_another_sessions_token_is_worth_nothing(tab: Tab, browser: Browser) -> None:
    other, again = Tab(browser), Tab(browser)
    other.log_in("bruno")
    again.log_in("hanna")
    for stranger in (other, again):
        headers = {"X-CSRF-Token": stranger.csrf or ""}
        tab.keep(CSRF, stranger.csrf or "")  # as a neighbouring host might
        refused(tab.ask("PATCH", "/profiles/me", headers=headers, json=CHANGE))
    assert is_unchanged(tab)


def test_csrf_reading_needs_no_token(tab: Tab) -> None:
    assert tab.send("GET", "/profiles/me").status_code == 200
    assert tab.send("HEAD", "/profiles/me").status_code == 200
    assert tab.send("GET", "/auth/sessions", headers={"Origin": "null"}).status_code == 200


def test_csrf_is_asked_on_every_unsafe_route_of_the_document(tab: Tab, browser: Browser) -> None:
    asked = 0
    for operation in member_routes(live(browser)):
        if operation.method == "get":
            continue
        assert "csrf_failed" in str(operation.described["responses"]["403"]), operation.id
        path = operation.address.removeprefix("/api/v1")
        body = operation.body.get("example", {}) if operation.body else None
        refused(tab.send(operation.method.upper(), path, json=body, headers={"Origin": HERE}))
        asked += 1
    assert asked > 10
    assert tab.me().status_code == 200


def test_csrf_no_other_site_signs_anybody_in_as_somebody_else(browser: Browser) -> None:
    tab = Tab(browser)
    body = {"login": "bruno", "password": PASSWORD}
    for origin in ("https://evil.example", "null"):
        headers = IN_COOKIE | {"Origin": origin}
        refused(tab.send("POST", "/auth/login", json=body, headers=headers))
    plain = tab.send("POST", "/auth/login", json=body, headers={"Origin": "https://evil.example"})
    assert "Set-Cookie" not in plain.headers, "a form cannot ask for a cookie"
    assert tab.secret is None


def test_authorization_wins_over_a_cookie_and_needs_no_csrf_token(
    tab: Tab, browser: Browser
) -> None:
    bearer = {"Authorization": f"Bearer {browser.tokens['bruno']}"}
    assert tab.send("GET", "/profiles/me", headers=bearer).json["username"] == "bruno"
    assert tab.send("DELETE", "/auth/sessions", headers=bearer).status_code == 204
    bad = {"Authorization": "Bearer x"}
    refused(tab.send("GET", "/profiles/me", headers=bad), 401, "token_invalid")


def test_an_access_token_in_the_cookie_is_worth_nothing(browser: Browser) -> None:
    tab = Tab(browser)
    bot = make_token(browser, "hanna", "profile:read")["token"]
    for token in (browser.tokens["hanna"], bot):
        tab.keep(SESSION, token)
        refused(tab.me(), 401, "session_ended")


def test_a_cookie_is_no_bearer_token_and_refreshes_nothing(tab: Tab) -> None:
    bearer = {"Authorization": f"Bearer {tab.secret}"}
    refused(tab.send("GET", "/profiles/me", headers=bearer), 401, "token_invalid")
    body = {"refreshToken": tab.secret}
    refused(tab.ask("POST", "/auth/refresh", json=body), 401, "refresh_token_invalid")
    assert tab.me().status_code == 200


def test_session_fixation_a_cookie_from_before_is_never_adopted(browser: Browser) -> None:
    planted = "attacker-chose-this-secret-before-the-login"
    victim = Tab(browser)
    victim.keep(SESSION, planted)
    victim.log_in("hanna")
    assert victim.secret != planted
    attacker = Tab(browser)
    attacker.keep(SESSION, planted)
    refused(attacker.me(), 401, "session_ended")


def test_session_fixation_signing_in_ends_the_session_that_the_browser_had(
    browser: Browser,
) -> None:
    attacker = Tab(browser)
    attacker.log_in("bruno")
    victim = Tab(browser)
    victim.keep(SESSION, attacker.secret or "")
    victim.log_in("hanna")
    assert victim.secret != attacker.secret
    assert victim.me().json["username"] == "hanna"
    refused(attacker.me(), 401, "session_ended")


def test_logging_out_ends_the_session_and_clears_the_browser(tab: Tab, browser: Browser) -> None:
    thief = Tab(browser)
    thief.keep(SESSION, tab.secret or "")
    assert thief.me().status_code == 200
    response = tab.ask("POST", "/auth/logout", json={})
    assert response.status_code == 204
    assert response.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert (tab.secret, tab.csrf) == (None, None)
    refused(thief.me(), 401, "session_ended")
    refused(tab.me(), 401, "token_missing")


def test_a_logout_by_another_site_changes_nothing(tab: Tab) -> None:
    refused(tab.send("POST", "/auth/logout", json={}, headers={"Origin": "https://evil.example"}))
    assert tab.me().status_code == 200


def test_a_cookie_that_is_over_stands_for_nobody(tab: Tab) -> None:
    stale = Tab(tab.browser)
    stale.keep(SESSION, tab.secret or "")
    tab.ask("POST", "/auth/logout", json={})
    assert stale.ask("GET", "/profiles/hanna").status_code == 200
    refused(stale.me(), 401, "session_ended")
    refused(stale.ask("POST", "/auth/ws-ticket"), 401, "session_ended")
    assert stale.log_in("hanna").status_code == 200, "it may sign in again"


@pytest.mark.parametrize("secret", ["x", "é", "x" * 10_000, "\udcff"])
def test_a_cookie_that_nobody_was_given_is_nobodys(browser: Browser, secret: str) -> None:
    header = f"{SESSION}={secret}".encode("utf-8", "surrogateescape").decode("latin-1")
    client = browser.app.test_client(use_cookies=False)
    response = client.get(f"{BASE}/profiles/me", headers={"Cookie": header})
    refused(response, 401, "session_ended")


def test_answers_to_a_person_vary_by_what_shows_who_it_is(tab: Tab) -> None:
    for path in ("/profiles/me", "/profiles/hanna"):
        response = tab.ask("GET", path)
        assert {"Cookie", "Authorization"} <= set(response.vary.as_set(preserve_casing=True))
        assert response.headers["Cache-Control"] == "no-store"


def test_no_answer_of_a_route_for_members_is_stored_on_the_way(tab: Tab, browser: Browser) -> None:
    for operation in member_routes(live(browser)):
        if operation.method == "get":
            path = operation.address.removeprefix("/api/v1")
            for answer in (tab.ask("GET", path), browser.ask("GET", path)):
                assert answer.headers["Cache-Control"] == "no-store", operation.id
                assert "Cookie" in answer.vary, operation.id


def test_a_second_factor_is_asked_for_before_any_cookie_is_given(browser: Browser) -> None:
    owner, thief = Tab(browser), Tab(browser)
    owner.sign_up("careful")
    code = TOTP(owner.ask("POST", "/profiles/me/2fa").json["secret"]).now()
    confirmed = owner.ask("POST", "/profiles/me/2fa/confirm", json={"code": code})
    half = thief.log_in("careful")
    assert half.json["mfaRequired"] is True
    assert "Set-Cookie" not in half.headers
    body = {"mfaToken": half.json["mfaToken"], "code": "000000x"}
    assert "Set-Cookie" not in thief.ask("POST", "/auth/login/2fa", json=body).headers
    body["code"] = confirmed.json["recoveryCodes"][0]
    done = thief.ask("POST", "/auth/login/2fa", json=body, headers=IN_COOKIE)
    assert set(done.json) == {"profile", "csrfToken", "expiresIn"}
    assert thief.me().json["username"] == "careful"


def test_every_route_for_members_says_that_a_cookie_does(browser: Browser) -> None:
    for operation in member_routes(live(browser)):
        schemes = operation.described["security"]
        assert bearer_of(operation) is not None
        needed = {"cookie": []} if operation.method == "get" else {"cookie": [], "csrf": []}
        assert needed in schemes, operation.id


def test_csrf_tokens_do_not_give_the_secret_away() -> None:
    assert csrf_token_of("a") != csrf_token_of("b")
    assert "secret" not in csrf_token_of("secret")
    assert len(csrf_token_of("\ud800")) == 43


def _path(method: str) -> str:
    return {"POST": "/auth/ws-ticket"}.get(method, "/profiles/me")
