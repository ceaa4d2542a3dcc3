"""Bodies that nobody means well with, made from what the document says of good ones."""

from collections.abc import Iterator, Mapping
from typing import Any

from tests.contracts.documents import Operation

SNEAKED = {
    "role": "SUPERADMIN",
    "active": False,
    "id": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
    "isStaff": True,
    "is_staff": True,
    "emailVerified": True,
    "permissions": ["*"],
    "accountTypes": ["staff"],
    "profileId": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e00",
    "createdAt": "2001-01-01T00:00:00.000Z",
    "__proto__": {"isStaff": True},
    "constructor": "x",
}
OF_EACH_TYPE: Mapping[str, object] = {
    "null": None,
    "boolean": True,
    "integer": 7,
    "number": 7.5,
    "string": "7",
    "array": [],
    "object": {},
}


def resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """What a reference stands for."""
    while "$ref" in schema:
        name = schema["$ref"].rsplit("/", 1)[-1]
        schema = document["components"]["schemas"][name]
    return schema


def fields_of(document: Mapping[str, Any], operation: Operation) -> Mapping[str, Any]:
    """The fields of its body, by name."""
    assert operation.body is not None
    schema = resolved(document, operation.body["schema"])
    return {name: resolved(document, it) for name, it in schema["properties"].items()}


def types_of(schema: Mapping[str, Any]) -> set[str]:
    """The types of JSON that a field takes; all of them where the document does not say."""
    told = schema.get("type", list(OF_EACH_TYPE))
    types = {told} if isinstance(told, str) else set(told)
    return types | {"integer"} if "number" in types else types


def of_wrong_types(schema: Mapping[str, Any]) -> Iterator[object]:
    takes = types_of(schema)
    return (value for kind, value in OF_EACH_TYPE.items() if kind not in takes)
