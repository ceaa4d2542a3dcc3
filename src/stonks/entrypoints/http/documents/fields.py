"""The fields of a schema, as people read them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class FieldRow:
    name: str
    kind: str
    is_required: bool
    about: str


def fields_of(schema: Mapping[str, Any]) -> Iterator[FieldRow]:
    required = schema.get("required", [])
    for name, field in schema.get("properties", {}).items():
        yield FieldRow(name, _kind(field), name in required, field.get("description", ""))


def _kind(schema: Mapping[str, Any]) -> str:
    if "anyOf" in schema:
        return " or ".join(_kind(option) for option in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "enum" in schema:
        return " · ".join(map(str, schema["enum"]))
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    return str(schema.get("format") or schema.get("type", "anything"))
