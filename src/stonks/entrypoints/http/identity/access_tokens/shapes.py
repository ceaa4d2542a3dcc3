"""How personal access tokens read over HTTP."""

from typing import Any

from marshmallow import fields, validate

from stonks.application.identity.access_tokens.make_access_token import MadeToken
from stonks.application.identity.access_tokens.ports import AccessTokenView
from stonks.domain.identity.access_token import LONGEST_NAME, MOST_DAYS, USUAL_DAYS
from stonks.domain.identity.scope import Scope
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape

SCOPES = [scope.value for scope in Scope]


class MakeTokenBody(Body):
    name = fields.String(
        required=True,
        metadata={"description": "What it is for.", "minLength": 1, "maxLength": LONGEST_NAME},
    )
    scopes = fields.List(
        fields.String(validate=validate.OneOf(SCOPES)),
        required=True,
        validate=validate.Length(1, 4 * len(SCOPES)),
        metadata={"description": "What it is good for, and nothing else."},
    )
    expires_in_days = fields.Integer(
        load_default=USUAL_DAYS,
        allow_none=True,
        strict=True,
        validate=validate.Range(1, MOST_DAYS),
        metadata={"description": "`null` for a token that does not expire by itself."},
    )


class AccessTokenShape(Shape):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    prefix = fields.String(required=True, metadata={"description": "Its first characters."})
    scopes = fields.List(fields.String(validate=validate.OneOf(SCOPES)), required=True)
    created_at = fields.DateTime(required=True)
    last_used_at = fields.DateTime(
        required=True, allow_none=True, metadata={"description": "To the minute or so."}
    )
    expires_at = fields.DateTime(required=True, allow_none=True)


class MadeTokenShape(AccessTokenShape):
    token = fields.String(
        required=True,
        metadata={"description": "For `Authorization: Bearer …`; shown this once."},
    )


class AccessTokenPageShape(Shape):
    items = fields.List(fields.Nested(AccessTokenShape), required=True)
    next_cursor = fields.String(required=True, allow_none=True)


def access_token_json(view: AccessTokenView) -> dict[str, Any]:
    return {
        "id": str(view.id),
        "name": view.name,
        "prefix": view.prefix,
        "scopes": [scope.value for scope in view.scopes],
        "createdAt": rfc3339(view.created_at),
        "lastUsedAt": rfc3339(view.used_at) if view.used_at else None,
        "expiresAt": rfc3339(view.expires_at) if view.expires_at else None,
    }


def made_token_json(made: MadeToken) -> dict[str, Any]:
    return access_token_json(made.view) | {"token": made.token}
