"""What comes in and goes out where second factors are the matter."""

from collections.abc import Sequence
from typing import Any

from marshmallow import fields, validate

from stonks.application.identity.second_factors.start_totp import NewTotp
from stonks.domain.identity.second_factors import SecondFactors
from stonks.entrypoints.http.bodies import Body, Shape

CODE = {"description": "Six digits of the app, or a recovery code; spaces and case don't matter."}
LONGEST_CODE = validate.Length(max=64)
LONGEST_TOKEN = validate.Length(max=128)


class CodeBody(Body):
    code = fields.String(
        required=True,
        validate=LONGEST_CODE,
        metadata={"description": "The six digits that the app shows now."},
    )


class LoginCodeBody(Body):
    mfa_token = fields.String(
        required=True, validate=LONGEST_TOKEN, metadata={"description": "What the login answered."}
    )
    code = fields.String(required=True, validate=LONGEST_CODE, metadata=CODE)


class ReauthenticateBody(Body):
    password = fields.String(
        metadata={"format": "password", "description": "Of who has no second factor."}
    )
    code = fields.String(validate=LONGEST_CODE, metadata=CODE)


class HalfSignedInShape(Shape):
    mfa_required = fields.Boolean(required=True, metadata={"description": "Always true."})
    mfa_token = fields.String(
        required=True, metadata={"description": "For `POST /auth/login/2fa`, and nothing else."}
    )
    ways = fields.List(
        fields.String(validate=validate.OneOf(["passkey", "totp", "recovery_code"])),
        required=True,
        metadata={"description": "By what this person can finish the login."},
    )
    expires_in = fields.Integer(
        required=True, metadata={"description": "Seconds within which it works."}
    )


class SecondFactorsShape(Shape):
    totp = fields.Boolean(required=True, metadata={"description": "An authenticator app is on."})
    passkeys = fields.Integer(required=True, metadata={"description": "How many there are."})
    recovery_codes_left = fields.Integer(required=True)


class NewTotpShape(Shape):
    secret = fields.String(required=True, metadata={"description": "Base32, for typing it in."})
    otpauth_uri = fields.String(required=True, metadata={"description": "What the QR code says."})
    qr_svg = fields.String(required=True, metadata={"description": "The QR code, an SVG."})


class RecoveryCodesShape(Shape):
    recovery_codes = fields.List(
        fields.String(),
        required=True,
        metadata={"description": "Ten, each good for one login; never shown again."},
    )


def second_factors_json(factors: SecondFactors) -> dict[str, Any]:
    return {
        "totp": factors.totp,
        "passkeys": factors.passkeys,
        "recoveryCodesLeft": factors.recovery_codes_left,
    }


def new_totp_json(new: NewTotp, svg: str) -> dict[str, Any]:
    return {"secret": new.secret, "otpauthUri": new.uri, "qrSvg": svg}


def recovery_codes_json(codes: Sequence[str]) -> dict[str, Any]:
    return {"recoveryCodes": list(codes)}
