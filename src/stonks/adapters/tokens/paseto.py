"""PASETO access tokens, version 4, public purpose."""

from datetime import UTC, datetime
from typing import Annotated, cast
from uuid import UUID, uuid4

import msgspec
import pyseto
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from stonks.adapters.tokens.claims import AUDIENCE, ISSUER, LONGEST_TOKEN, expired, invalid
from stonks.application.identity.ports import AccessClaims
from stonks.domain.ids import ProfileId, SessionId

HEADER = "v4.public."
Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class _Payload(msgspec.Struct, frozen=True):
    iss: str
    aud: str
    sub: UUID
    sid: UUID
    jti: str
    iat: Moment
    exp: Moment


class PasetoTokens:
    """``Tokens`` as PASETO v4.public: the version fixes the algorithm, Ed25519."""

    def __init__(self, key: Ed25519PrivateKey) -> None:
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        self._private = pyseto.Key.new(version=4, purpose="public", key=private)
        self._public = pyseto.Key.new(version=4, purpose="public", key=public)

    def issue(self, claims: AccessClaims) -> str:
        payload = _Payload(
            iss=ISSUER,
            aud=AUDIENCE,
            sub=claims.profile_id,
            sid=claims.session_id,
            jti=uuid4().hex,  # no two tokens are the same
            iat=claims.issued_at.replace(microsecond=0),
            exp=claims.expires_at.replace(microsecond=0),
        )
        return pyseto.encode(self._private, msgspec.json.encode(payload)).decode()

    def read(self, token: str) -> AccessClaims:
        payload = self._payload(token)
        if (payload.iss, payload.aud) != (ISSUER, AUDIENCE):
            raise invalid()
        if payload.exp <= datetime.now(UTC):
            raise expired()
        return AccessClaims(
            ProfileId(payload.sub), SessionId(payload.sid), payload.iat, payload.exp
        )

    def _payload(self, token: str) -> _Payload:
        if len(token) > LONGEST_TOKEN or not token.startswith(HEADER):
            raise invalid()
        try:
            signed = pyseto.decode(self._public, token)
            return msgspec.json.decode(cast(bytes, signed.payload), type=_Payload)
        except (pyseto.PysetoError, msgspec.DecodeError, ValueError):
            raise invalid() from None
