"""Requests as people make them, against an app in this process."""

from dataclasses import dataclass, field
from typing import Any

from dependency_injector import providers
from flask import Flask
from werkzeug.test import TestResponse

from stonks.adapters.passwords import PwdlibPasswords, Turns
from stonks.entrypoints.app import create_app
from stonks.entrypoints.container import Container
from tests.contracts.identity_cases import QUICK
from tests.contracts.receivers import WillingReceivers

PASSWORD = "seven lanterns over the harbour"
BASE = "/api/v1"


@dataclass(slots=True)
class Browser:
    """Knows the access token of everybody who signed up here."""

    app: Flask
    container: Container
    tokens: dict[str, str] = field(default_factory=dict)

    def sign_up(self, username: str, *, is_staff: bool = False) -> str:
        body = {
            "fullName": username.title(),
            "username": username,
            "email": f"{username}@example.org",
            "password": PASSWORD,
        }
        response = self.ask("POST", "/auth/signup", json=body)
        assert response.status_code == 201, response.text
        self.tokens[username] = response.json["accessToken"]
        if is_staff:
            self.container.grant_staff()(username=username, by="a test")
        return username

    def ask(self, method: str, path: str, who: str | None = None, **options: Any) -> TestResponse:
        """A request to the API by somebody who signed up, or by nobody."""
        headers = dict(options.pop("headers", {}))
        if who is not None:
            headers["Authorization"] = f"Bearer {self.tokens[who]}"
        return self.app.test_client().open(BASE + path, method=method, headers=headers, **options)

    def asking(self, who: str) -> dict[str, Any]:
        """Who this is, and in which session, as use cases want to know it."""
        person = self.container.authenticate()(token=self.tokens[who])
        return {"actor": person.profile_id, "session_id": person.session_id}

    def open_channel(self, who: str, slug: str = "lounge") -> Any:
        response = self.ask("POST", "/channels", who, json={"slug": slug, "title": "A title"})
        assert response.status_code == 201, response.text
        return response.json


def browser_of(container: Container, app: Flask | None = None) -> Browser:
    """With hashes that take no time, and nobody outside to ask where a name leads.

    ``app`` is one that was made of this container before.
    """
    container.passwords.override(providers.Object(PwdlibPasswords(QUICK, Turns())))
    container.egress.override(providers.Object(WillingReceivers()))
    return Browser(app or create_app(container), container)


def problem_code(response: TestResponse) -> str:
    """The code of a problem, after a look at its form."""
    assert response.mimetype == "application/problem+json", response.text
    body = response.json
    assert {"type", "title", "status", "detail", "code"} <= set(body)
    assert body["status"] == response.status_code
    assert "Traceback" not in response.text
    code: str = body["code"]
    return code
