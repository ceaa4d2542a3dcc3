"""PASETO keeps the contract of tokens; what it makes is checked by hand, as its paper says."""

import base64
import json
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
