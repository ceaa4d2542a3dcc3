"""What comes in and goes out of the routes of one's inbox."""

from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError, fields, validate, validates_schema

from stonks.application.notifications.ports import NotificationView
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape, Truth

MOST_IDS = 100
EITHER = "takes either ids, or all"


class ReadBody(Body):
    ids = fields.List(
        fields.UUID(),
        validate=validate.Length(1, MOST_IDS),
        metadata={"description": "These; those that are not in the inbox do nothing."},
    )
    all = Truth(
        validate=validate.Equal(True),
        metadata={"description": "All that are unread, in place of `ids`."},
    )

    @validates_schema
    def must_choose(self, data: Mapping[str, Any], **_: object) -> None:
        if len(data) != 1:
            raise ValidationError(EITHER)


class UnreadShape(Shape):
    unread = fields.Integer(
        required=True, metadata={"description": "How many notifications are unread, exactly."}
    )


class NotificationShape(Shape):
    id = fields.UUID(required=True)
    type = fields.String(
        required=True,
        metadata={"description": "More may come.", "enum": [kind.value for kind in NoticeKind]},
    )
    at = fields.DateTime(required=True)
    read_at = fields.DateTime(required=True, allow_none=True)
    data = fields.Dict(
        keys=fields.String(),
        required=True,
        metadata={
            "description": "`stream_started`: `streamId`, `channel` (a slug), `title`, `host` (a "
            "username), `hostName`. `new_follower`: `count`, `followers` (usernames of the latest "
            "three). `webhook_disabled`: `channel`, `endpointId`, `url`, `reason`."
        },
    )


class NotificationPageShape(UnreadShape):
    items = fields.List(fields.Nested(NotificationShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def notification_json(view: NotificationView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "type": view.kind.value,
        "at": rfc3339(view.at),
        "readAt": rfc3339(view.read_at) if view.read_at else None,
        "data": dict(view.data),
    }
