"""What passkeys look like over HTTP."""

from typing import Any

from marshmallow import fields

from stonks.domain.identity.passkey import LONGEST_NAME, Passkey
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Shape

_NAME = {"minLength": 1, "maxLength": LONGEST_NAME, "description": "What you call it."}
_SECOND = {"description": "Whether it, or another second factor, is asked for after a password."}
_CREDENTIAL = {
    "description": (
        "What `navigator.credentials.{}` gave, as its `toJSON()` writes it: "
        "`id`, `rawId`, `type` and `response`."
    ),
}


def _credential(method: str) -> fields.Dict:
    told = _CREDENTIAL["description"].format(method)
    return fields.Dict(keys=fields.String(), required=True, metadata={"description": told})


class AddPasskeyBody(Body):
    name = fields.String(metadata=_NAME)
    second_factor = fields.Boolean(metadata=_SECOND, truthy={True}, falsy={False})
    credential = _credential("create")


class ChangePasskeyBody(Body):
    name = fields.String(metadata=_NAME)
    second_factor = fields.Boolean(metadata=_SECOND, truthy={True}, falsy={False})


class ShowPasskeyBody(Body):
    credential = _credential("get")


class HalfSignedInBody(Body):
    mfa_token = fields.String(required=True, metadata={"description": "What the login answered."})


class FinishLoginWithPasskeyBody(HalfSignedInBody):
    credential = _credential("get")


class PasskeyShape(Shape):
    id = fields.UUID(required=True)
    name = fields.String(required=True)
    second_factor = fields.Boolean(required=True, metadata=_SECOND)
    backed_up = fields.Boolean(
        required=True, metadata={"description": "Whether its owner's other devices have it, too."}
    )
    transports = fields.List(
        fields.String(), required=True, metadata={"description": "How browsers may reach it."}
    )
    created_at = fields.DateTime(required=True)
    used_at = fields.DateTime(required=True, allow_none=True)


class PasskeysShape(Shape):
    items = fields.List(fields.Nested(PasskeyShape), required=True)


class CreationOptionsShape(Shape):
    public_key = fields.Dict(
        required=True,
        metadata={"description": "For `PublicKeyCredential.parseCreationOptionsFromJSON`."},
    )


class RequestOptionsShape(Shape):
    public_key = fields.Dict(
        required=True,
        metadata={"description": "For `PublicKeyCredential.parseRequestOptionsFromJSON`."},
    )


def passkey_json(passkey: Passkey) -> dict[str, Any]:
    return {
        "id": str(passkey.id),
        "name": passkey.name,
        "secondFactor": passkey.is_second_factor,
        "backedUp": passkey.is_backed_up,
        "transports": list(passkey.transports),
        "createdAt": rfc3339(passkey.created_at),
        "usedAt": None if passkey.used_at is None else rfc3339(passkey.used_at),
    }
