"""Every response of every route carries what makes a browser trust it with little."""

from typing import Any

import pytest

from stonks.entrypoints.http.headers import ALWAYS
from tests.contracts.bots import call, live
from tests.contracts.documents import operations
from tests.contracts.http import Browser

NEVER_WITHOUT = (
    "X-Content-Type-Options",
    "X-Frame-Options",
    "Referrer-Policy",
    "Content-Security-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "Cache-Control",
)
LEAVING = {"logOut", "deactivateProfile", "endOtherSessions", "scheduleDeletion"}
TELLING = {"Server", "X-Powered-By", "Access-Control-Allow-Origin"}


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    lasting_browser.sign_up("hanna", is_staff=True)
    return lasting_browser


def check(response: Any, what: object) -> None:
    for name in NEVER_WITHOUT:
        assert response.headers.get(name), (what, name)
        assert len(response.headers.getlist(name)) == 1, (what, name)
    assert response.headers["X-Content-Type-Options"] == "nosniff", what
    assert response.headers["X-Frame-Options"] == "DENY", what
    assert not TELLING & set(response.headers.keys()), what


def test_security_headers_are_on_every_response_of_every_route(browser: Browser) -> None:
    seen = set()
    for operation in operations(live(browser)):
        broken = {"data": "{", "content_type": "application/json"}
        asked: list[tuple[str | None, dict[str, Any]]] = [
            (None, {}),
            ("hanna", broken),
            ("hanna", {}),
        ]
        for who, options in asked:
            response = call(browser, operation, who, **options)
            check(response, (operation.id, who, options))
            seen.add(response.status_code)
        if operation.id in LEAVING:
            again = browser.sign_up(f"hanna{len(browser.tokens)}", is_staff=True)
            browser.tokens["hanna"] = browser.tokens[again]
    assert {200, 201, 204, 400, 401, 404, 422} <= seen, "successes and failures alike"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "TRACE", "OPTIONS"])
@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/api/v1/auth/login", "/ws", "/"])
def test_security_headers_are_on_what_goes_wrong_before_any_route(
    browser: Browser, method: str, path: str
) -> None:
    check(browser.app.test_client().open(path, method=method), (method, path))


def test_security_headers_are_on_a_crash(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    def crash() -> None:
        raise RuntimeError("a bug, with a secret in its text")

    monkeypatch.setattr(browser.container, "list_channels", crash)
    monkeypatch.setattr(browser.app, "testing", False)
    monkeypatch.setitem(browser.app.config, "PROPAGATE_EXCEPTIONS", False)
    response = browser.ask("GET", "/channels")
    assert response.status_code == 500
    assert "secret" not in response.text
    check(response, "a crash")


def test_what_is_private_is_never_stored_by_anybody_on_the_way(browser: Browser) -> None:
    for path in ("/profiles/me", "/profiles/me/tokens"):
        for who in ("hanna", None):
            assert "no-store" in browser.ask("GET", path, who).headers["Cache-Control"]


def test_the_default_is_what_is_strictest() -> None:
    assert ALWAYS["Cache-Control"] == "no-store"
    assert "default-src 'none'" in ALWAYS["Content-Security-Policy"]
