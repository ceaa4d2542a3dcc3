"""What an export looks like, and how it is refused."""

from marshmallow import fields

from stonks.application.identity.export.ports import SECTIONS
from stonks.domain.errors import Limited, Unavailable
from stonks.entrypoints.http.bodies import Shape
from stonks.entrypoints.http.identity import examples
from stonks.entrypoints.http.identity.shapes import ProfileShape


class _ExportShape(Shape):
    exported_at = fields.DateTime(required=True)
    profile = fields.Nested(ProfileShape, required=True)


ExportShape: type[Shape] = type(
    "ExportShape",
    (_ExportShape,),
    {name: fields.List(fields.Dict(keys=fields.String()), required=True) for name in SECTIONS},
)
EXPORT = {
    "exportedAt": "2026-01-05T21:00:00.000Z",
    "profile": examples.PROFILE,
    **{name: [] for name in SECTIONS},
    "sessions": [
        {
            "id": "01980a4e-7d3c-7b51-8f0e-3a5d1c9b7e01",
            "device": "Firefox on Debian",
            "startedAt": "2026-01-05T20:00:00.000Z",
            "usedAt": "2026-01-05T21:00:00.000Z",
            "expiresAt": "2026-02-04T21:00:00.000Z",
            "endedAt": None,
        }
    ],
    "channels": [
        {
            "slug": "first-light",
            "title": "First light",
            "description": "",
            "createdAt": "2026-01-05T20:05:00.000Z",
            "updatedAt": "2026-01-05T20:05:00.000Z",
            "suspendedAt": None,
            "suspensionReason": "",
        }
    ],
    "streams": [
        {
            "channel": "first-light",
            "title": "Dawn, live",
            "startedAt": "2026-01-05T20:10:00.000Z",
            "seenAt": "2026-01-05T20:55:00.000Z",
            "endedAt": "2026-01-05T20:55:30.000Z",
            "endReason": "ended",
            "isAnnounced": True,
        }
    ],
    "messages": [
        {
            "channel": "first-light",
            "seq": 1,
            "at": "2026-01-05T20:06:00.000Z",
            "text": "Hello, everybody!",
            "hidden": None,
        }
    ],
}
TOO_MANY_EXPORTS = Limited(
    "too_many_attempts", "too many attempts; try again later", retry_after=600, limit="exports"
)
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
