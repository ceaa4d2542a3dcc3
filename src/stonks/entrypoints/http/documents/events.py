"""What receivers are sent, as JSON schemas made from the structs that are sent."""

from collections.abc import Mapping
from typing import Any

import msgspec
from msgspec import Struct

from stonks.adapters.webhooks.payloads import CHAT_EVENTS, ENDPOINT_EVENTS, EventActor
from stonks.entrypoints.http.documents.prose import prose, with_prose

STRUCTS: Mapping[str, type[Struct]] = {
    **{type_.value: struct for type_, struct in CHAT_EVENTS.items()},
    **ENDPOINT_EVENTS,
}
"""The ``data`` of each type."""
_TIMESTAMP = {
    "type": "string",
    "format": "date-time",
    "description": "When it happened: RFC 3339, UTC, milliseconds.",
}


def event_schemas() -> dict[str, Any]:
    """Each type's body, its ``data`` and what that is made of, by name."""
    _, components = msgspec.json.schema_components(
        STRUCTS.values(), ref_template="#/components/schemas/{name}"
    )
    described: list[type[Struct]] = [*STRUCTS.values(), EventActor]
    told = {struct.__name__: prose(struct) for struct in described}
    made = {
        name: _always_there(schema) | {"description": told[name]}
        for name, schema in components.items()
    }
    bodies = {body_name(struct): _body(type_, struct) for type_, struct in STRUCTS.items()}
    return {**with_prose(made), **bodies}


def body_name(struct: type[Struct]) -> str:
    return f"{struct.__name__}Event"


def _always_there(schema: dict[str, Any]) -> dict[str, Any]:
    """Whatever is declared is sent, what is null included."""
    for field in schema["properties"].values():
        field.pop("default", None)
    return schema | {"required": [*schema["properties"]]}


def _body(type_: str, struct: type[Struct]) -> dict[str, Any]:
    return {
        "title": body_name(struct),
        "description": prose(struct),
        "type": "object",
        "properties": {
            "type": {"type": "string", "const": type_},
            "timestamp": _TIMESTAMP,
            "data": {"$ref": f"#/components/schemas/{struct.__name__}"},
        },
        "required": ["type", "timestamp", "data"],
    }
