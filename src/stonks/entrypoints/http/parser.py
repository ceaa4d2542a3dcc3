"""Reads requests strictly: JSON as RFC 8259 has it, and each error under its field's name."""

from collections.abc import Iterator, Mapping
from typing import Any, NoReturn

import msgspec
from flask import Request
from marshmallow import RAISE, ValidationError
from webargs import missing
from webargs.flaskparser import FlaskParser
from werkzeug.exceptions import UnsupportedMediaType

from stonks.domain.errors import Invalid
from stonks.entrypoints.http.problems import Malformed


class StrictParser(FlaskParser):
    """webargs' parser for Flask, with our reading of JSON and our problems."""

    DEFAULT_UNKNOWN_BY_LOCATION = {**FlaskParser.DEFAULT_UNKNOWN_BY_LOCATION, "query": RAISE}  # noqa: RUF012

    def load_json(self, req: Request, schema: Any) -> Any:
        data = req.get_data(cache=True)
        if not data:
            return missing
        if not req.is_json:
            raise UnsupportedMediaType
        try:
            return msgspec.json.decode(data)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            raise Malformed("malformed_json", "the body is no JSON") from None

    def handle_error(self, error: ValidationError, *_: object, **__: object) -> NoReturn:
        reasons = dict(_reasons(error.messages))
        raise Invalid("invalid_fields", _summary(reasons), errors=reasons) from None


def _reasons(messages: Any) -> Iterator[tuple[str, list[str]]]:
    """``messages`` are by location, then by field, and nested as the request is."""
    for place in messages.values():
        yield from _flat(place, "")


def _flat(messages: Any, name: str) -> Iterator[tuple[str, list[str]]]:
    if not isinstance(messages, Mapping):
        yield name or "body", [str(message) for message in messages]
        return
    for key, value in messages.items():
        inner = name if key == "_schema" else f"{name}.{key}" if name else str(key)
        yield from _flat(value, inner)


def _summary(reasons: Mapping[str, list[str]]) -> str:
    return "look at " + ", ".join(sorted(reasons)) if reasons else "the request is wrong"
