"""What comes in by the routes of mail."""

from marshmallow import fields

from stonks.entrypoints.http.bodies import Body
from stonks.entrypoints.http.identity.shapes import FULL_NAME, PASSWORD, USERNAME

TOKEN = {"description": "What stands behind `#token=` in the link, once."}


class AskForLinkBody(Body):
    email = fields.String(required=True, metadata={"format": "email", "maxLength": 254})


class FollowLinkBody(Body):
    token = fields.String(required=True, metadata=TOKEN)


class ArriveBody(FollowLinkBody):
    username = fields.String(metadata=USERNAME)
    full_name = fields.String(metadata=FULL_NAME)


class ResetPasswordBody(FollowLinkBody):
    password = fields.String(required=True, metadata=PASSWORD)
