"""What comes in and goes out of the routes of endpoints."""

from datetime import datetime
from typing import Any

from marshmallow import fields, validate

from stonks.adapters.webhooks.signing import written_secret
from stonks.application.webhooks.ports import EndpointView
from stonks.application.webhooks.viewing import EndpointWithSecret
from stonks.domain.times import rfc3339
from stonks.domain.webhooks.endpoint import (
    LONGEST_DESCRIPTION,
    DisabledBecause,
    Endpoint,
    Status,
)
from stonks.domain.webhooks.event_type import EventType
from stonks.entrypoints.http.bodies import Body, Shape

LONGEST_URL, LONGEST_TYPE, MOST_TYPES = 2048, 64, 100
URL = {"description": "A public https URL.", "format": "uri", "maxLength": LONGEST_URL}
DESCRIPTION = {"description": "What it is for.", "maxLength": LONGEST_DESCRIPTION}
TYPES = {"description": "What it is told of; none at all for everything, now and later."}


def _types(**options: Any) -> Any:
    known = validate.Length(1, LONGEST_TYPE)
    named = fields.String(validate=known, metadata={"enum": list(EventType)})
    return fields.List(named, metadata=TYPES, **options)


class AddEndpointBody(Body):
    url = fields.String(required=True, validate=validate.Length(1, LONGEST_URL), metadata=URL)
    description = fields.String(metadata=DESCRIPTION)
    event_types = _types(validate=validate.Length(0, MOST_TYPES))


class ChangeEndpointBody(Body):
    url = fields.String(
        validate=validate.Length(1, LONGEST_URL),
        metadata=URL | {"description": "Another one is sent nothing before it was activated."},
    )
    description = fields.String(metadata=DESCRIPTION)
    event_types = _types(validate=validate.Length(0, MOST_TYPES))


class ReplayBody(Body):
    from_seq = fields.Integer(
        required=True,
        strict=True,
        validate=validate.Range(1),
        metadata={"description": "The `seq` of the first entry to be told again."},
    )


class EndpointShape(Shape):
    id = fields.UUID(required=True)
    url = fields.String(required=True)
    description = fields.String(required=True)
    event_types = _types(required=True)
    status = fields.String(
        required=True,
        metadata={
            "enum": list(Status),
            "description": "Whether it is sent events: it is not before it was activated, nor "
            "after it was given up.",
        },
    )
    position = fields.Integer(
        required=True, metadata={"description": "The `seq` up to which it was told everything."}
    )
    behind = fields.Integer(
        required=True,
        metadata={"description": "How many entries of the log come after that."},
    )
    failures = fields.Integer(
        required=True, metadata={"description": "How many times in a row it failed."}
    )
    failing_since = fields.DateTime(required=True, allow_none=True)
    next_attempt_at = fields.DateTime(
        required=True, allow_none=True, metadata={"description": "While it is failing."}
    )
    activated_at = fields.DateTime(
        required=True, allow_none=True, metadata={"description": "When it was verified last."}
    )
    disabled_at = fields.DateTime(required=True, allow_none=True)
    disabled_reason = fields.String(
        required=True,
        allow_none=True,
        metadata={
            "enum": [*DisabledBecause, None],
            "description": "It answered 410, or failed for days.",
        },
    )
    old_secret_until = fields.DateTime(
        required=True,
        allow_none=True,
        metadata={"description": "Until when the secret before signs as well."},
    )
    created_at = fields.DateTime(required=True)
    updated_at = fields.DateTime(required=True)


class EndpointWithSecretShape(EndpointShape):
    secret = fields.String(
        required=True,
        metadata={
            "description": "`whsec_` and 32 bytes in base64, for a library of Standard Webhooks; "
            "shown this once."
        },
    )


class EndpointPageShape(Shape):
    items = fields.List(fields.Nested(EndpointShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def endpoint_json(view: EndpointView) -> dict[str, Any]:
    it = view.endpoint
    return {
        "id": str(it.id),
        "url": it.url,
        "description": it.description,
        "eventTypes": [*it.event_types],
        "status": it.status.value,
        "position": it.position,
        "behind": view.behind,
        "failures": it.failures,
        "failingSince": _time(it.failing_since),
        "nextAttemptAt": _time(_next_attempt(it)),
        "activatedAt": _time(it.activated_at),
        "disabledAt": _time(it.disabled_at),
        "disabledReason": it.disabled_because and it.disabled_because.value,
        "oldSecretUntil": _time(it.old_secret_until),
        "createdAt": rfc3339(it.created_at),
        "updatedAt": rfc3339(it.updated_at),
    }


def with_secret_json(made: EndpointWithSecret) -> dict[str, Any]:
    return endpoint_json(made.view) | {"secret": written_secret(made.secret)}


def _time(at: datetime | None) -> str | None:
    return None if at is None else rfc3339(at)


def _next_attempt(endpoint: Endpoint) -> datetime | None:
    return endpoint.due_at if endpoint.is_active and endpoint.failures else None
