"""The ``webhooks`` of the OpenAPI document: the requests that Stonks makes."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from stonks.adapters.webhooks.examples import EXAMPLES, ID, SIGNATURE, TIMESTAMP, example_headers
from stonks.domain.webhooks.event_type import TEST, VERIFICATION
from stonks.entrypoints.http.documents.events import STRUCTS, body_name, event_schemas
from stonks.entrypoints.http.documents.prose import prose, summary

ABOUT: Mapping[str, str] = {
    ID: "Names the event, each time that it is sent: whoever drops ids that they had sees each"
    " event exactly once.",
    TIMESTAMP: "When this attempt was made, in seconds since 1970.",
    SIGNATURE: "Standard Webhooks 1.0: `v1,` and the base64 of the HMAC-SHA256 of"
    " `id.timestamp.body`, by the endpoint's secret; several, separated by a space, while a secret"
    " is being replaced.",
}
"""The headers that come with the body."""
ANSWERS: Mapping[str, str] = {
    "2XX": "Delivered, where it is answered within 15 seconds in all.",
    "410": "It wants no more: the endpoint is disabled at once.",
    "429": "It has too much to do: tried again no sooner than `Retry-After` says.",
    "502": "As 429.",
    "503": "As 429.",
    "504": "As 429.",
    "default": "Anything else, a redirect, too, or no answer: it failed, and is tried again later,"
    " before anything that happened after it.",
}
OWN_ANSWERS: Mapping[str, Mapping[str, str]] = {
    VERIFICATION: {
        "2XX": "The endpoint is active, where the body is the challenge, or a JSON object with the"
        " challenge as its `challenge`.",
        "default": "Anything else, or no answer: it stays as it was.",
    },
    TEST: {
        "2XX": "It arrived.",
        "default": "Anything else, or no answer: whoever asked for it is told.",
    },
}


def with_webhooks(document: Mapping[str, Any]) -> dict[str, Any]:
    """The document of what is served, and of what is sent."""
    served, sent = document["components"]["schemas"], event_schemas()
    if both := served.keys() & sent.keys():
        raise AssertionError(f"two schemas of one name: {sorted(both)}")
    return {
        **document,
        "webhooks": {type_: _webhook(type_, struct) for type_, struct in STRUCTS.items()},
        "components": {**document["components"], "schemas": {**served, **sent}},
    }


def _webhook(type_: str, struct: type[Struct]) -> dict[str, Any]:
    answers = OWN_ANSWERS.get(type_, ANSWERS)
    return {
        "post": {
            "operationId": f"receive{struct.__name__}",
            "summary": summary(struct),
            "description": prose(struct),
            "parameters": [_header(*header) for header in example_headers(type_).items()],
            "requestBody": {
                "required": True,
                "content": {
                    "application/json": {
                        "schema": {"$ref": f"#/components/schemas/{body_name(struct)}"},
                        "example": msgspec.json.decode(EXAMPLES[type_].body),
                    }
                },
            },
            "responses": {status: {"description": what} for status, what in answers.items()},
        }
    }


def _header(name: str, example: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "schema": {"type": "string"},
        "example": example,
        "description": ABOUT[name],
    }
