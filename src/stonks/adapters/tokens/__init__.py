"""Signed access tokens: JWT and PASETO, one key and one algorithm each."""

from stonks.adapters.tokens.jwt import JwtTokens
from stonks.adapters.tokens.key import ed25519_key
from stonks.adapters.tokens.paseto import PasetoTokens
from stonks.adapters.tokens.secret import new_secret

__all__ = ["JwtTokens", "PasetoTokens", "ed25519_key", "new_secret"]
