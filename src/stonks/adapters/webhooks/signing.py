"""Secrets, and signatures as Standard Webhooks 1.0 has them."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import UTC, datetime
from secrets import token_bytes

from standardwebhooks import Webhook

SECRET_BYTES = 32
PREFIX = "whsec_"


def new_secret() -> bytes:
    """``NewSecret``."""
    return token_bytes(SECRET_BYTES)


def written_secret(secret: bytes) -> str:
    """As its HOST is shown it, and as libraries that verify take it."""
    return PREFIX + b64encode(secret).decode()


class StandardSign:
    """``Sign``."""

    def __call__(self, secrets: Sequence[bytes], event_id: str, at: datetime, body: bytes) -> str:
        # The library takes whatever it is given for UTC, and the body for text.
        at, text = at.astimezone(UTC), body.decode()
        return " ".join(Webhook(secret).sign(event_id, at, text) for secret in secrets)
