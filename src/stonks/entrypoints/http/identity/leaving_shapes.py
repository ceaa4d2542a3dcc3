"""What comes in and goes out of the routes by which people leave, and how those refuse."""

from marshmallow import fields

from stonks.application.identity.mail_links.following import link_invalid
from stonks.domain.errors import Conflict, Limited, Unavailable
from stonks.entrypoints.http.bodies import Body, Shape


class DeletionShape(Shape):
    deletes_at = fields.DateTime(
        required=True, metadata={"description": "Until then it can be called off."}
    )


class CancelDeletionBody(Body):
    token = fields.String(
        required=True, metadata={"description": "From the link that was mailed.", "maxLength": 200}
    )


def _limited(name: str) -> Limited:
    return Limited(
        "too_many_attempts", "too many attempts; try again later", retry_after=600, limit=name
    )


DELETION = {"deletesAt": "2026-01-19T20:00:00.000Z"}
CANCEL = {"token": "Zk3xQ9yT7uWq1hVbN5oLr8Jm2Pc6Sd4Ff0GgHhJjKkE"}
LINK_INVALID = link_invalid()
NO_LIMITS = Unavailable("limits_unavailable", "try again in a moment")
DELETED = Conflict("profile_deleted", "this profile is deleted")
TOO_MANY_DELETIONS = _limited("deletions")
TOO_MANY_CANCELS = _limited("links-from-address")
