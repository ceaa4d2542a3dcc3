"""What comes in and goes out of the routes of following."""

from typing import Any

from marshmallow import fields, validate

from stonks.application.social.ports import FollowView
from stonks.domain.social.bell import Bell
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape
from stonks.entrypoints.http.media.routes import avatar_url


class FollowBody(Body):
    notify = fields.String(
        validate=validate.OneOf([bell.value for bell in Bell]),
        metadata={
            "description": "The bell: `all` tells you when they go live, `none` does not."
            " Left out, it is `all` for who is new, and stays as it is for who follows already."
        },
    )


class FollowShape(Shape):
    username = fields.String(required=True)
    full_name = fields.String(required=True)
    avatar = fields.String(required=True, allow_none=True)
    since = fields.DateTime(required=True)


class FollowPageShape(Shape):
    items = fields.List(fields.Nested(FollowShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def follow_json(view: FollowView) -> dict[str, Any]:
    return {
        "username": view.username,
        "fullName": view.full_name,
        "avatar": avatar_url(view.avatar),
        "since": rfc3339(view.since),
    }
