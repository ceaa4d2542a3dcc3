"""JWT access tokens (RFC 9068, less what needs an authorization server)."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stonks.adapters.tokens.claims import AUDIENCE, ISSUER, LONGEST_TOKEN, expired, invalid
from stonks.application.identity.ports import AccessClaims
from stonks.domain.ids import ProfileId, SessionId

ALGORITHM = "EdDSA"
KIND = "at+jwt"  # RFC 9068 2.1: no other kind of JWT can stand for an access token
REQUIRED = ["iss", "aud", "sub", "sid", "iat", "exp"]


class JwtTokens:
    """``Tokens`` as JWT signed with Ed25519; no header can choose another algorithm or key."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        self._private = key
        self._public = key.public_key()

    def issue(self, claims: AccessClaims) -> str:
        payload = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(claims.profile_id),
            "sid": str(claims.session_id),
            "jti": uuid4().hex,  # no two tokens are the same
            "iat": int(claims.issued_at.timestamp()),
            "exp": int(claims.expires_at.timestamp()),
        }
        return jwt.encode(payload, self._private, ALGORITHM, headers={"typ": KIND})

    def read(self, token: str) -> AccessClaims:
        if len(token) > LONGEST_TOKEN:
            raise invalid()
        try:
            parsed = self._parse(token)
            if parsed["header"].get("typ") != KIND:
                raise invalid()
            return _claims(parsed["payload"])
        except jwt.ExpiredSignatureError:
            raise expired() from None
        except (jwt.PyJWTError, ArithmeticError, AttributeError, TypeError, ValueError):
            raise invalid() from None

    def _parse(self, token: str) -> dict[str, Any]:
        return jwt.decode_complete(
            token,
            self._public,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={
                "require": REQUIRED,
                "strict_aud": True,
                "verify_iat": False,  # another server's clock may be a little ahead of this one's
            },
        )


def _claims(payload: dict[str, Any]) -> AccessClaims:
    return AccessClaims(
        ProfileId(UUID(payload["sub"])),
        SessionId(UUID(payload["sid"])),
        datetime.fromtimestamp(payload["iat"], UTC),
        datetime.fromtimestamp(payload["exp"], UTC),
    )
