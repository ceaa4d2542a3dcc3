"""Endpoints as rows, and back."""

from collections.abc import Mapping
from typing import Any

from stonks.domain.webhooks.endpoint import DisabledBecause, Endpoint, Lane, Status


def row_of(endpoint: Endpoint) -> dict[str, Any]:
    """The columns are named as the fields are."""
    row = {name: getattr(endpoint, name) for name in Endpoint.__dataclass_fields__}
    row["event_types"] = [str(type_) for type_ in endpoint.event_types]
    return row


def endpoint_of(row: Mapping[Any, Any]) -> Endpoint:
    """From all columns of its table, and no other."""
    values: dict[str, Any] = dict(row)
    because = values["disabled_because"]
    values["event_types"] = tuple(row["event_types"])
    values["status"], values["lane"] = Status(row["status"]), Lane(row["lane"])
    values["disabled_because"] = None if because is None else DisabledBecause(because)
    return Endpoint(**values)
