"""JWT keeps the contract of tokens; another library reads what it makes and forges at it."""

import hmac
import json
from datetime import UTC, datetime
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from joserfc import jws, jwt
from joserfc.jwk import OKPKey

from stonks.adapters.tokens import JwtTokens
from stonks.application.identity.ports import Tokens
from tests.contracts.tokens import KEY, TokensContract, b64, code_of, some_claims

SPKI = KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
RAW = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
JOSE_KEY = OKPKey.import_key(
    {"kty": "OKP", "crv": "Ed25519", "x": b64(RAW), "d": b64(KEY.private_bytes_raw())}
)
pytestmark = pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # for "Ed25519", RFC 9864
HEADER: dict[str, Any] = {"alg": "EdDSA", "typ": "at+jwt"}


def payload(**other: Any) -> dict[str, Any]:
    """The payload of a good token, with some claims changed; None takes one away."""
    claims = some_claims()
    good = {
        "iss": "stonks",
        "aud": "stonks-api",
        "sub": str(claims.profile_id),
        "sid": str(claims.session_id),
        "iat": int(claims.issued_at.timestamp()),
        "exp": int(claims.expires_at.timestamp()),
    }
    return {name: value for name, value in (good | other).items() if value is not None}


def signed(header: dict[str, Any], claims: dict[str, Any], key: Any = JOSE_KEY) -> str:
    return jws.serialize_compact(header, json.dumps(claims), key, algorithms=["EdDSA"])


class TestJwt(TokensContract):
    def tokens(self, key: Ed25519PrivateKey) -> Tokens:
        return JwtTokens(key)

    def test_another_library_reads_it(self) -> None:
        claims = some_claims()
        token = jwt.decode(JwtTokens(KEY).issue(claims), JOSE_KEY, algorithms=["EdDSA"])
        assert token.header == HEADER
        assert token.claims["sub"] == str(claims.profile_id)
        assert token.claims["sid"] == str(claims.session_id)
        assert datetime.fromtimestamp(token.claims["exp"], UTC) == claims.expires_at

    def test_it_reads_what_another_library_made(self) -> None:
        assert JwtTokens(KEY).read(signed(HEADER, payload()))

    @pytest.mark.parametrize(
        "header",
        [{"alg": "none", "typ": "at+jwt"}, {"alg": "None", "typ": "at+jwt"}, {"typ": "at+jwt"}],
    )
    def test_an_unsigned_token_is_refused(self, header: dict[str, Any]) -> None:
        body = b64(json.dumps(payload()).encode())
        for signature in ("", b64(bytes(64))):
            token = f"{b64(json.dumps(header).encode())}.{body}.{signature}"
            assert code_of(JwtTokens(KEY), token) == "token_invalid"

    @pytest.mark.parametrize("secret", [SPKI, SPKI.strip(), RAW], ids=["pem", "bare pem", "raw"])
    def test_the_public_key_is_no_shared_secret(self, secret: bytes) -> None:
        head = b64(json.dumps(HEADER | {"alg": "HS256"}).encode())
        body = b64(json.dumps(payload()).encode())
        signature = b64(hmac.digest(secret, f"{head}.{body}".encode(), "sha256"))
        assert code_of(JwtTokens(KEY), f"{head}.{body}.{signature}") == "token_invalid"

    @pytest.mark.parametrize(
        "header",
        [
            {"typ": "JWT"},
            {"typ": None},
            {"typ": "AT+JWT "},
            {"crit": ["b64"], "b64": False},
            {"crit": ["unknown"], "unknown": 1},
        ],
    )
    def test_another_kind_of_token_is_refused(self, header: dict[str, Any]) -> None:
        merged = {k: v for k, v in (HEADER | header).items() if v is not None}
        head, body = b64(json.dumps(merged).encode()), b64(json.dumps(payload()).encode())
        signature = b64(KEY.sign(f"{head}.{body}".encode()))
        assert code_of(JwtTokens(KEY), f"{head}.{body}.{signature}") == "token_invalid"

    def test_a_key_inside_the_token_is_not_believed(self) -> None:
        own = OKPKey.generate_key("Ed25519")
        header = HEADER | {"jwk": own.as_dict(private=False)}
        assert code_of(JwtTokens(KEY), signed(header, payload(), own)) == "token_invalid"

    @pytest.mark.parametrize(
        "other",
        [
            {"iss": "somebody else"},
            {"iss": None},
            {"aud": "another api"},
            {"aud": ["stonks-api", "another api"]},
            {"aud": None},
            {"exp": None},
            {"exp": "soon"},
            {"iat": None},
            {"iat": "now"},
            {"iat": 10**30},
            {"sub": None},
            {"sub": "nobody"},
            {"sub": 7},
            {"sid": None},
            {"sid": ["a", "list"]},
            {"nbf": 99_999_999_999},
        ],
    )
    def test_wrong_claims_are_refused(self, other: dict[str, Any]) -> None:
        assert code_of(JwtTokens(KEY), signed(HEADER, payload(**other))) == "token_invalid"
