"""What both kinds of token have in common."""

from stonks.domain.errors import Unauthenticated

ISSUER = "stonks"
AUDIENCE = "stonks-api"
LONGEST_TOKEN = 2_048  # ours have 400 to 500 characters; whatever is longer is not even parsed


def invalid() -> Unauthenticated:
    return Unauthenticated("token_invalid", "this access token is not one of ours")


def expired() -> Unauthenticated:
    return Unauthenticated("token_expired", "this access token has expired; refresh it")
