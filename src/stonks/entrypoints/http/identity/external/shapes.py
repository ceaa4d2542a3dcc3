"""What comes in and goes out of the routes of other issuers."""

from typing import Any

from marshmallow import fields

from stonks.application.identity.external.ports import IssuerView
from stonks.domain.identity.external_identity import ExternalIdentity
from stonks.domain.times import rfc3339
from stonks.entrypoints.http.bodies import Body, Query, Shape

NEXT = {
    "maxLength": 1000,
    "description": "A path of this site to go on to; without it the answer is for a program.",
}


class StartQuery(Query):
    next = fields.String(metadata=NEXT)


class CallbackQuery(Query):
    """RFC 6749, 4.1.2, and RFC 9207; issuers add what they like."""

    state = fields.String(metadata={"description": "What `start` sent along."})
    code = fields.String(metadata={"description": "What stands for the person."})
    error = fields.String(metadata={"description": "Why there is no code."})
    iss = fields.String(metadata={"description": "The issuer, where it says so (RFC 9207)."})


class LinkBody(Body):
    next = fields.String(metadata=NEXT)


class ExchangeBody(Body):
    code = fields.String(required=True, metadata={"description": "Of the address: `#code=…`."})


class ProviderShape(Shape):
    name = fields.String(required=True)
    label = fields.String(required=True, metadata={"description": "For people to read."})


class ProvidersShape(Shape):
    items = fields.List(fields.Nested(ProviderShape), required=True)


class AuthorizationUrlShape(Shape):
    authorization_url = fields.String(
        required=True, metadata={"description": "Where to send this browser, within 10 minutes."}
    )


class IdentityShape(Shape):
    id = fields.UUID(required=True)
    provider = fields.String(required=True)
    issuer = fields.String(required=True)
    email = fields.String(
        required=True, allow_none=True, metadata={"description": "As the issuer told it last."}
    )
    linked_at = fields.DateTime(required=True)
    used_at = fields.DateTime(required=True, allow_none=True)


class IdentitiesShape(Shape):
    items = fields.List(fields.Nested(IdentityShape), required=True)


def provider_json(view: IssuerView) -> dict[str, Any]:
    return {"name": view.name, "label": view.label}


def identity_json(identity: ExternalIdentity) -> dict[str, Any]:
    return {
        "id": str(identity.id),
        "provider": identity.provider,
        "issuer": identity.issuer,
        "email": identity.email,
        "linkedAt": rfc3339(identity.linked_at),
        "usedAt": rfc3339(identity.used_at) if identity.used_at else None,
    }
