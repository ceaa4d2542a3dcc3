"""How sessions read over HTTP."""

from typing import Any

from marshmallow import fields, validate

from stonks.adapters.devices import read_device
from stonks.application.identity.sessions.ports import SessionView
from stonks.domain.identity.session_cookie import SessionKind
from stonks.domain.ids import SessionId
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape
from stonks.entrypoints.http.identity.shapes import PASSWORD


class ChangePasswordBody(Body):
    password = fields.String(required=True, metadata=PASSWORD)
    current_password = fields.String(
        metadata={"format": "password", "description": "Where it is sent, it must be right."}
    )


class SessionShape(Shape):
    id = fields.UUID(required=True)
    device = fields.String(required=True, metadata={"description": "For people to read."})
    user_agent = fields.String(
        required=True, metadata={"description": "What the device said of itself."}
    )
    started_at = fields.DateTime(required=True)
    used_at = fields.DateTime(required=True, metadata={"description": "To the minute or so."})
    expires_at = fields.DateTime(
        required=True, metadata={"description": "If it is not used until then."}
    )
    current = fields.Boolean(required=True, metadata={"description": "Whether it asks this."})
    kind = fields.String(
        required=True,
        validate=validate.OneOf([kind.value for kind in SessionKind]),
        metadata={"description": "Whether it lives by tokens, or in a browser's cookie."},
    )


class SessionPageShape(Shape):
    items = fields.List(fields.Nested(SessionShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def session_json(view: SessionView, current: SessionId) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "device": read_device(view.device),
        "userAgent": view.device,
        "startedAt": rfc3339(view.started_at),
        "usedAt": rfc3339(view.used_at),
        "expiresAt": rfc3339(view.expires_at),
        "current": view.id == current,
        "kind": view.kind.value,
    }
