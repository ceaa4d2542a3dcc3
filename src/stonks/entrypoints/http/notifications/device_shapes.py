"""What comes in and goes out of the routes of devices that take pushes."""

from typing import Any

from marshmallow import fields, validate

from stonks.adapters.devices import read_device
from stonks.application.notifications.devices import PushDevice
from stonks.domain.ids import SessionId
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape

LONGEST_ENDPOINT, LONGEST_KEY = 2048, 200


class PushKeysBody(Body):
    p256dh = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_KEY),
        metadata={"description": "A point of P-256, 65 bytes in base64url."},
    )
    auth = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_KEY),
        metadata={"description": "16 bytes in base64url."},
    )


class PushSubscriptionBody(Body):
    """As ``JSON.stringify`` writes a ``PushSubscription`` of a browser."""

    endpoint = fields.String(
        required=True,
        validate=validate.Length(1, LONGEST_ENDPOINT),
        metadata={"description": "An https URL of the browser's push service.", "format": "uri"},
    )
    keys = fields.Nested(PushKeysBody, required=True)
    expiration_time = fields.Raw(
        allow_none=True, metadata={"description": "Browsers send it. It is ignored."}
    )


class PushDeviceShape(Shape):
    id = fields.UUID(required=True)
    device = fields.String(required=True, metadata={"description": "For people to read."})
    created_at = fields.DateTime(required=True)
    used_at = fields.DateTime(
        required=True,
        allow_none=True,
        metadata={"description": "When a push to it was last sent."},
    )
    current = fields.Boolean(
        required=True, metadata={"description": "Whether it is of the session that asks this."}
    )


class PushDevicePageShape(Shape):
    items = fields.List(fields.Nested(PushDeviceShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


class PushKeyShape(Shape):
    key = fields.String(
        required=True, metadata={"description": "For `applicationServerKey`, in base64url."}
    )


def device_json(device: PushDevice, current: SessionId) -> dict[str, Any]:
    return {
        "id": str(device.id),
        "device": read_device(device.device),
        "createdAt": rfc3339(device.created_at),
        "usedAt": rfc3339(device.used_at) if device.used_at else None,
        "current": device.session_id == current,
    }
