"""What receivers read of the events that they are sent is what they are sent."""

import json
import re
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import jsonschema_rs
import pytest
from click.testing import CliRunner
from schemathesis.specs.openapi.definitions import OPENAPI_31
from standardwebhooks import Webhook

from stonks.domain.webhooks.event_type import TEST, VERIFICATION, EventType
from stonks.entrypoints.cli.main import main
from stonks.entrypoints.http.documents.event_reference import event_reference
from stonks.entrypoints.http.documents.webhooks import with_webhooks
from tests.contracts.documents import conforms, written

TYPES = [*(type_.value for type_ in EventType), VERIFICATION, TEST]
IN_HEADERS = {"webhook-id", "webhook-timestamp", "webhook-signature"}


@pytest.fixture(scope="module")
def openapi() -> Any:
    return written()


@pytest.fixture(scope="module")
def page() -> str:
    return event_reference()


def body_of(openapi: Any, type_: str) -> Any:
    """How the document describes the body of an event: its schema and its example."""
    return openapi["webhooks"][type_]["post"]["requestBody"]["content"]["application/json"]


def test_the_document_is_openapi_3_1(openapi: Any) -> None:
    validator = jsonschema_rs.Draft202012Validator(OPENAPI_31)
    validator.validate(openapi)
    broken = deepcopy(openapi)
    del broken["webhooks"][VERIFICATION]["post"]["parameters"][0]["in"]
    assert not validator.is_valid(broken)


def test_every_type_of_event_is_described_and_no_other(openapi: Any) -> None:
    assert [*openapi["webhooks"]] == TYPES


def test_all_that_is_referred_to_is_there(openapi: Any) -> None:
    for name in re.findall(r'"#/components/schemas/([^"]+)"', json.dumps(openapi)):
        assert name in openapi["components"]["schemas"]


def test_each_operation_has_a_name_of_its_own(openapi: Any) -> None:
    names = re.findall(r'"operationId": "([^"]+)"', json.dumps(openapi))
    assert len(names) == len(set(names))


@pytest.mark.parametrize("type_", TYPES)
def test_an_event_has_an_example_that_conforms(openapi: Any, type_: str) -> None:
    body = body_of(openapi, type_)
    assert body["example"]["type"] == type_
    conforms(openapi, body["schema"], body["example"])


@pytest.mark.parametrize("type_", TYPES)
def test_nothing_may_be_missing_or_of_another_type(openapi: Any, type_: str) -> None:
    body = body_of(openapi, type_)
    for part in ({}, body["example"]["data"]):
        for name in part or body["example"]:
            broken = deepcopy(body["example"])
            del (broken["data"] if part else broken)[name]
            with pytest.raises(jsonschema_rs.ValidationError):
                conforms(openapi, body["schema"], broken)
    with pytest.raises(jsonschema_rs.ValidationError):
        conforms(openapi, body["schema"], body["example"] | {"type": "chat.moon_landed"})


@pytest.mark.parametrize("type_", TYPES)
def test_what_is_new_breaks_no_receiver(openapi: Any, type_: str) -> None:
    body = body_of(openapi, type_)
    newer = body["example"] | {"data": body["example"]["data"] | {"new": 1}, "new": None}
    conforms(openapi, body["schema"], newer)


@pytest.mark.parametrize("type_", TYPES)
def test_every_field_says_what_it_means(openapi: Any, type_: str) -> None:
    schemas = openapi["components"]["schemas"]
    name = body_of(openapi, type_)["schema"]["$ref"].rpartition("/")[2]
    data = schemas[name]["properties"]["data"]["$ref"].rpartition("/")[2]
    for described in (schemas[data], schemas["EventActor"]):
        assert described["description"]
        for field in described["properties"].values():
            assert field["description"].endswith(".")


@pytest.mark.parametrize("type_", TYPES)
def test_an_event_comes_with_its_headers_and_may_be_answered(openapi: Any, type_: str) -> None:
    operation = openapi["webhooks"][type_]["post"]
    assert {it["name"] for it in operation["parameters"] if it["in"] == "header"} == IN_HEADERS
    assert {"2XX", "default"} <= operation["responses"].keys()
    if type_.startswith("chat."):
        assert {"410", "429", "502", "503", "504"} <= operation["responses"].keys()


def test_two_schemas_of_one_name_are_noticed() -> None:
    served = {"components": {"schemas": {"EventActor": {"type": "object"}}}}
    with pytest.raises(AssertionError, match="EventActor"):
        with_webhooks(served)


def test_the_page_leads_to_every_type(page: str) -> None:
    headings = re.findall(r"^## `([^`]+)`$", page, re.MULTILINE)
    assert headings == TYPES
    linked = re.findall(r"^- \[`([^`]+)`\]\(#([^)]+)\)$", page, re.MULTILINE)
    assert linked == [(type_, type_.replace(".", "")) for type_ in TYPES]


@pytest.mark.parametrize("type_", TYPES)
def test_the_page_shows_each_type_with_its_fields_and_its_example(
    openapi: Any, page: str, type_: str
) -> None:
    section = page.partition(f"\n## `{type_}`\n")[2].partition("\n## ")[0]
    example = json.loads(section.partition("```json\n")[2].partition("\n```")[0])
    assert example == body_of(openapi, type_)["example"]
    named = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+\.[^|]* \|$", section, re.MULTILINE)
    common = page.partition("## What all chat events have")[2].partition("An `EventActor`")[0]
    shared = re.findall(r"^\| `(\w+)` \|", common, re.MULTILINE)
    assert named == [
        name for name in example["data"] if not (type_.startswith("chat.") and name in shared)
    ]


def test_the_request_on_the_page_verifies_as_its_reader_would(
    page: str,
) -> None:
    section = page.partition("## A whole request")[2]
    secret = re.findall(r"`(whsec_[^`]+)`", section)[0]
    head, _, body = section.partition("```\n")[2].partition("\n```")[0].partition("\n\n")
    headers = dict(line.split(": ", 1) for line in head.splitlines())
    seconds, id_ = headers["webhook-timestamp"], headers["webhook-id"]
    signed = Webhook(secret).sign(id_, datetime.fromtimestamp(int(seconds), UTC), body)
    assert headers["webhook-signature"] == signed
    assert json.loads(body)["type"] == "chat.message_posted"


def test_one_document_is_printed_at_a_time() -> None:
    printed = CliRunner().invoke(main, ["openapi", "--asyncapi", "--webhooks"])
    assert printed.exit_code == 2
    assert "exclude each other" in printed.output
