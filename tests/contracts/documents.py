"""The document of the HTTP API, taken at its word."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jsonschema_rs

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path, as the document describes it."""

    path: str
    method: str
    described: Mapping[str, Any]
    parameters: list[Mapping[str, Any]]

    @property
    def id(self) -> str:
        return str(self.described["operationId"])

    @property
    def address(self) -> str:
        """The path with the examples of its parameters."""
        return self.path.format(**self.examples)

    @property
    def examples(self) -> dict[str, Any]:
        """Of the parameters in its path, by name."""
        return {p["name"]: p["example"] for p in self.parameters if p["in"] == "path"}

    @property
    def body(self) -> Mapping[str, Any] | None:
        """The body of the request, as its media type describes it."""
        content = self.described.get("requestBody", {}).get("content", {})
        found: Mapping[str, Any] | None = content.get("application/json")
        return found

    @property
    def form(self) -> Mapping[str, Any] | None:
        """What a form has, where the request is one."""
        content = self.described.get("requestBody", {}).get("content", {})
        found: Mapping[str, Any] | None = content.get("application/x-www-form-urlencoded")
        return found

    @property
    def takes_a_file(self) -> bool:
        """Whether it takes one image, in a form."""
        content = self.described.get("requestBody", {}).get("content", {})
        return "multipart/form-data" in content


def written() -> Any:
    """The document as the repository has it, which is current (another test)."""
    return json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())


def operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                described = item[method]
                shared = item.get("parameters", []) + described.get("parameters", [])
                yield Operation(path, method, described, shared)


def conforms(document: Mapping[str, Any], schema: Mapping[str, Any], value: object) -> None:
    """Raise unless ``value`` is what ``schema``, which refers to the document, describes."""
    whole = {**schema, "components": document["components"]}
    jsonschema_rs.Draft202012Validator(whole, validate_formats=True).validate(value)
