"""What every kind of access token promises."""

import base64
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from stonks.adapters.clock import new_id
from stonks.application.identity.ports import AccessClaims, Tokens
from stonks.domain.errors import Unauthenticated
from stonks.domain.ids import ProfileId, SessionId

KEY = Ed25519PrivateKey.generate()
OTHER_KEY = Ed25519PrivateKey.generate()


def some_claims(*, lives: timedelta = timedelta(minutes=15)) -> AccessClaims:
    now = datetime.now(UTC).replace(microsecond=0)
    return AccessClaims(ProfileId(new_id()), SessionId(new_id()), now, now + lives)


def code_of(tokens: Tokens, token: str) -> str:
    """How a token is refused."""
    with pytest.raises(Unauthenticated) as refusal:
        tokens.read(token)
    return refusal.value.code


def flipped(token: str, position: int) -> str:
    """The token with one character changed."""
    other = "A" if token[position] != "A" else "B"
    return token[:position] + other + token[position + 1 :]


def b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class TokensContract:
    """``Tokens``. Subclasses give ``tokens`` of a key."""

    def tokens(self, key: Ed25519PrivateKey) -> Tokens:
        raise NotImplementedError

    def test_every_claim_comes_back(self) -> None:
        claims = some_claims()
        assert self.tokens(KEY).read(self.tokens(KEY).issue(claims)) == claims

    def test_a_clock_that_is_a_little_ahead_elsewhere_does_no_harm(self) -> None:
        claims = some_claims()
        ahead = replace(claims, issued_at=claims.issued_at + timedelta(seconds=30))
        assert self.tokens(KEY).read(self.tokens(KEY).issue(ahead)) == ahead

    def test_no_two_tokens_are_the_same(self) -> None:
        claims = some_claims()
        assert self.tokens(KEY).issue(claims) != self.tokens(KEY).issue(claims)

    def test_an_expired_token_is_refused_as_expired(self) -> None:
        token = self.tokens(KEY).issue(some_claims(lives=timedelta(seconds=-1)))
        assert code_of(self.tokens(KEY), token) == "token_expired"

    def test_a_token_signed_by_another_key_is_refused(self) -> None:
        token = self.tokens(OTHER_KEY).issue(some_claims())
        assert code_of(self.tokens(KEY), token) == "token_invalid"

    def test_an_expired_forgery_is_refused_as_a_forgery(self) -> None:
        token = self.tokens(OTHER_KEY).issue(some_claims(lives=timedelta(seconds=-1)))
        assert code_of(self.tokens(KEY), token) == "token_invalid"

    def test_a_token_changed_anywhere_is_refused(self) -> None:
        token = self.tokens(KEY).issue(some_claims())
        # the last character may carry bits that no byte holds
        for position in range(len(token) - 1):
            assert code_of(self.tokens(KEY), flipped(token, position)) == "token_invalid"

    @pytest.mark.parametrize(
        "token",
        ["", ".", "..", "...", "a.b.c", "v4.public.", "v4.public.AAAA", "ä.ö.ü", "\x00", "{}", "1"],
    )
    def test_what_is_no_token_is_refused(self, token: str) -> None:
        assert code_of(self.tokens(KEY), token) == "token_invalid"

    def test_a_very_long_token_is_refused(self) -> None:
        token = self.tokens(KEY).issue(some_claims())
        assert code_of(self.tokens(KEY), token + "A" * 10_000) == "token_invalid"
