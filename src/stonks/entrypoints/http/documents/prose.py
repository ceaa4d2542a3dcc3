"""Docstrings as Markdown."""

import inspect
from typing import Any


def prose(documented: object) -> str:
    """An object's docstring, with its code spans as Markdown has them."""
    return (inspect.getdoc(documented) or "").replace("``", "`")


def summary(documented: object) -> str:
    """The first sentence."""
    first, stop, _ = prose(documented).replace("\n", " ").partition(". ")
    return first + stop.strip()


def with_prose(schema: Any) -> Any:
    """A JSON schema whose descriptions are Markdown."""
    if isinstance(schema, dict):
        return {
            key: value.replace("``", "`")
            if key == "description" and isinstance(value, str)
            else with_prose(value)
            for key, value in schema.items()
        }
    return [with_prose(item) for item in schema] if isinstance(schema, list) else schema
