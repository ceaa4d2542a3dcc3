"""PASETO keeps the contract of tokens, by hand as its paper says and by another library."""

import base64
import json
from ctypes.util import find_library
from datetime import timedelta
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stonks.adapters.tokens import JwtTokens, PasetoTokens
from stonks.application.identity.ports import Tokens
from tests.contracts.tokens import KEY, TokensContract, b64, code_of, some_claims

HEADER = b"v4.public."


def pae(*pieces: bytes) -> bytes:
    """Pre-authentication encoding: how many pieces, then each with its length."""
    lengths = [len(piece).to_bytes(8, "little") + piece for piece in pieces]
    return len(pieces).to_bytes(8, "little") + b"".join(lengths)


def signed(payload: bytes, *, header: bytes = HEADER, footer: bytes = b"") -> str:
    signature = KEY.sign(pae(header, payload, footer, b""))
    token = header.decode() + b64(payload + signature)
    return f"{token}.{b64(footer)}" if footer else token


def payload(**other: Any) -> bytes:
    """The payload of a good token, with some claims changed; None takes one away."""
    claims = some_claims()
    good = {
        "iss": "stonks",
        "aud": "stonks-api",
        "sub": str(claims.profile_id),
        "sid": str(claims.session_id),
        "jti": "1",
        "iat": claims.issued_at.isoformat(),
        "exp": claims.expires_at.isoformat(),
    }
    changed = {name: value for name, value in (good | other).items() if value is not None}
    return json.dumps(changed).encode()


class TestPaseto(TokensContract):
    def tokens(self, key: Ed25519PrivateKey) -> Tokens:
        return PasetoTokens(key)

    def test_its_signature_is_what_the_paper_says(self) -> None:
        claims = some_claims()
        token = PasetoTokens(KEY).issue(claims)
        body = token.removeprefix(HEADER.decode())
        raw = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
        message, signature = raw[:-64], raw[-64:]
        KEY.public_key().verify(signature, pae(HEADER, message, b"", b""))
        assert json.loads(message)["sub"] == str(claims.profile_id)

    @pytest.mark.skipif(find_library("sodium") is None, reason="the package paseto needs libsodium")
    def test_another_library_reads_it_and_is_read(self) -> None:
        import paseto  # not at the top: where libsodium is missing it cannot be imported
        from paseto.keys.asymmetric_key import AsymmetricPublicKey, AsymmetricSecretKey
        from paseto.protocols.v4 import ProtocolVersion4

        public = KEY.public_key().public_bytes_raw()
        reader = AsymmetricPublicKey(public, ProtocolVersion4)
        claims = some_claims()
        told = paseto.parse(key=reader, token=PasetoTokens(KEY).issue(claims), validate=False)
        assert told["message"]["sub"] == str(claims.profile_id)
        writer = AsymmetricSecretKey(KEY.private_bytes_raw() + public, ProtocolVersion4)
        wanted = json.loads(payload())
        made = paseto.create(key=writer, claims=wanted, purpose="public")
        assert str(PasetoTokens(KEY).read(made).session_id) == wanted["sid"]

    def test_it_reads_what_was_made_by_hand(self) -> None:
        assert PasetoTokens(KEY).read(signed(payload()))

    @pytest.mark.parametrize("header", [b"v2.public.", b"v3.public.", b"v1.public.", b"v4.local."])
    def test_another_version_or_purpose_is_refused(self, header: bytes) -> None:
        token = signed(payload(), header=header)
        assert code_of(PasetoTokens(KEY), token) == "token_invalid"
        renamed = HEADER.decode() + token.removeprefix(header.decode())
        assert code_of(PasetoTokens(KEY), renamed) == "token_invalid"

    def test_a_jwt_of_the_same_key_is_refused(self) -> None:
        assert code_of(PasetoTokens(KEY), JwtTokens(KEY).issue(some_claims())) == "token_invalid"
        assert code_of(JwtTokens(KEY), PasetoTokens(KEY).issue(some_claims())) == "token_invalid"

    @pytest.mark.parametrize(
        "other",
        [
            {"iss": "somebody else"},
            {"iss": None},
            {"aud": "another api"},
            {"aud": ["stonks-api"]},
            {"aud": None},
            {"exp": None},
            {"exp": "soon"},
            {"exp": "2999-01-01T00:00:00"},
            {"sub": None},
            {"sub": "nobody"},
            {"sid": None},
            {"sid": 7},
        ],
    )
    def test_wrong_claims_are_refused(self, other: dict[str, Any]) -> None:
        assert code_of(PasetoTokens(KEY), signed(payload(**other))) == "token_invalid"

    def test_an_expired_one_made_by_hand_is_refused(self) -> None:
        past = (some_claims().issued_at - timedelta(hours=1)).isoformat()
        assert code_of(PasetoTokens(KEY), signed(payload(exp=past))) == "token_expired"
