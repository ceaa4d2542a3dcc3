"""A browser that keeps cookies, as a page of this site drives it."""

from dataclasses import dataclass, field
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from stonks.entrypoints.http.cookies import CSRF, HEADER, SESSION
from tests.contracts.http import BASE, PASSWORD, Browser

IN_COOKIE = {HEADER: "cookie"}
HERE = "http://localhost:8000"


@dataclass(slots=True)
class Tab:
    """One page at ``http://localhost:8000`` whose scripts say what they should."""

    browser: Browser
    client: FlaskClient = field(init=False)

    def __post_init__(self) -> None:
        self.client = self.browser.app.test_client()

    @property
    def secret(self) -> str | None:
        return self._cookie(SESSION)

    @property
    def csrf(self) -> str | None:
        return self._cookie(CSRF)

    def keep(self, name: str, value: str) -> None:
        self.client.set_cookie(name, value, domain="localhost", path="/", secure=True)

    def send(self, method: str, path: str, **options: Any) -> TestResponse:
        """A request with nothing but the cookies that the browser has by itself."""
        return self.client.open(BASE + path, method=method, base_url=HERE, **options)

    def ask(self, method: str, path: str, **options: Any) -> TestResponse:
        """A request as the page makes it."""
        headers = {"Origin": HERE, "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": self.csrf or ""}
        return self.send(method, path, headers=headers | options.pop("headers", {}), **options)

    def sign_up(self, username: str) -> TestResponse:
        names = {"fullName": username, "username": username, "email": f"{username}@example.org"}
        body = names | {"password": PASSWORD}
        return self.ask("POST", "/auth/signup", json=body, headers=IN_COOKIE)

    def log_in(self, login: str, password: str = PASSWORD) -> TestResponse:
        body = {"login": login, "password": password}
        return self.ask("POST", "/auth/login", json=body, headers=IN_COOKIE)

    def me(self) -> TestResponse:
        return self.ask("GET", "/profiles/me")

    def _cookie(self, name: str) -> str | None:
        found = self.client.get_cookie(name, domain="localhost", path="/")
        return found.decoded_value if found else None
