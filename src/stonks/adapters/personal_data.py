"""How personal data are written, whatever store they come from."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from stonks.domain.times import rfc3339


def camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def ready(value: object) -> object:
    """A value as JSON has it."""
    if isinstance(value, datetime):
        return rfc3339(value)
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, frozenset | set):
        return sorted(map(str, value))
    if isinstance(value, tuple):
        return [*value]
    return value


def written(row: Mapping[str, object]) -> dict[str, object]:
    return {camel(name): ready(value) for name, value in row.items()}
