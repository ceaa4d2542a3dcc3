"""Bodies that try their luck, at every route of the document that takes one."""

import json
from typing import Any

import pytest

from tests.contracts.bodies import OF_EACH_TYPE, SNEAKED, fields_of, of_wrong_types
from tests.contracts.bots import call, live
from tests.contracts.documents import Operation, operations
from tests.contracts.http import Browser, problem_code


@pytest.fixture(scope="module")
def browser(lasting_browser: Browser) -> Browser:
    """Whoever asks may do everything, so that nothing but the body is in the way."""
    lasting_browser.sign_up("hanna", is_staff=True)
    lasting_browser.open_channel("hanna", "night-trades")
    return lasting_browser


@pytest.fixture(scope="module")
def document(browser: Browser) -> Any:
    return live(browser)


@pytest.fixture(scope="module")
def taking_json(document: Any) -> list[Operation]:
    found = [it for it in operations(document) if it.body is not None]
    assert len(found) > 20, "these are all routes that take a body"
    return found


def kept(browser: Browser) -> str:
    """Everybody and everything that a body could have changed."""
    identity = browser.container.identity_tables()
    channels = browser.container.channel_tables().channels
    endpoints = browser.container.webhook_tables().endpoints
    tables = (identity.profiles, identity.passwords, channels, endpoints)
    return repr([table.rows for table in tables])


def test_mass_assignment_is_refused_everywhere_and_has_no_effect(
    browser: Browser, document: Any, taking_json: list[Operation]
) -> None:
    before = kept(browser)
    for operation in taking_json:
        assert operation.body is not None
        known = fields_of(document, operation)
        for name, value in SNEAKED.items():
            if name in known:
                continue
            body = operation.body.get("example", {}) | {name: value}
            response = call(browser, operation, "hanna", json=body)
            told = (response.status_code, response.json.get("errors"))
            assert told == (422, {name: ["Unknown field."]}), (operation.id, name)
    assert kept(browser) == before


def test_wrong_types_are_refused_everywhere_and_have_no_effect(
    browser: Browser, document: Any, taking_json: list[Operation]
) -> None:
    before = kept(browser)
    for operation in taking_json:
        assert operation.body is not None
        for name, schema in fields_of(document, operation).items():
            for value in of_wrong_types(schema):
                body = operation.body.get("example", {}) | {name: value}
                response = call(browser, operation, "hanna", json=body)
                tried = (operation.id, name, value, response.text)
                assert (response.status_code, problem_code(response)) == (
                    422,
                    "invalid_fields",
                ), tried
                assert all(field.split(".")[0] == name for field in response.json["errors"]), tried
    assert kept(browser) == before


def test_what_is_no_object_is_refused_everywhere(
    browser: Browser, taking_json: list[Operation]
) -> None:
    for operation in taking_json:
        for kind, value in OF_EACH_TYPE.items():
            if kind != "object":
                sent = {"data": json.dumps(value), "content_type": "application/json"}
                response = call(browser, operation, "hanna", **sent)
                assert response.status_code == 422, (operation.id, kind, response.text)
                assert problem_code(response) == "invalid_fields"


@pytest.mark.parametrize("text", ["\x00", "\u202e", "x" * 100_000, "' OR 1=1 --", "{{7*7}}", "💥"])
def test_no_text_is_too_strange_to_be_answered(
    browser: Browser, document: Any, taking_json: list[Operation], text: str
) -> None:
    """Wherever a body takes text; what is refused is refused with a reason."""
    for operation in taking_json:
        assert operation.body is not None
        if operation.id in {"logOut", "refresh"}:
            continue
        for name, schema in fields_of(document, operation).items():
            if schema.get("type") == "string":
                body = operation.body.get("example", {}) | {name: text}
                response = call(browser, operation, None, json=body)
                assert response.status_code < 500, (operation.id, name)
                assert "Traceback" not in response.text
