"""Programs with a personal access token, and what the document says that they may do."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contracts.documents import Operation, operations
from tests.contracts.http import Browser


def make_token(browser: Browser, owner: str, *scopes: str, **other: Any) -> dict[str, Any]:
    """A token of somebody who signed up just now; ``browser`` knows it by its name."""
    body = {"name": f"{owner}'s bot", "scopes": list(scopes)} | other
    response = browser.ask("POST", "/profiles/me/tokens", owner, json=body)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json
    browser.tokens[f"{owner}'s bot"] = made["token"]
    return made


def live(browser: Browser) -> Any:
    """The document of what serves now."""
    return browser.app.test_client().get("/openapi.json").json


def member_routes(document: Mapping[str, Any]) -> Iterator[Operation]:
    """Those that nobody uses without signing in."""
    for operation in operations(document):
        if bearer_of(operation) is not None and {} not in operation.described["security"]:
            yield operation


def bearer_of(operation: Operation) -> list[str] | None:
    """The scopes that a token needs for it; None where no token is asked for."""
    for scheme in operation.described.get("security", []):
        if "bearer" in scheme:
            scopes: list[str] = scheme["bearer"]
            return scopes
    return None


def call(browser: Browser, operation: Operation, who: str | None, **options: Any) -> Any:
    """A request to it with the examples of the document."""
    path = operation.address.removeprefix("/api/v1")
    if operation.body is not None and not {"json", "data"} & set(options):
        options["json"] = operation.body.get("example", {})
    if operation.form is not None:
        options.setdefault("data", operation.form["example"])
    return browser.ask(operation.method.upper(), path, who, **options)
