"""Sessions of browsers: a secret that no script reads, and a token that only the page's own can."""

from base64 import urlsafe_b64encode
from enum import StrEnum
from hashlib import sha256
from hmac import compare_digest, digest

_LABEL = b"stonks csrf token"


class SessionKind(StrEnum):
    """How a session shows on each request that it is there."""

    TOKEN = "token"  # noqa: S105 -- what it is called
    COOKIE = "cookie"


def csrf_token_of(secret: str) -> str:
    """What a page must repeat beside the cookie that holds ``secret``, as text for a header.

    It is made of the secret, so that another session's is worth nothing here, and does not give
    the secret away.
    """
    signed = digest(secret.encode("utf-8", "surrogatepass"), _LABEL, sha256)
    return urlsafe_b64encode(signed).decode().rstrip("=")


def is_csrf_token(shown: str, secret: str) -> bool:
    """Compared in constant time."""
    return compare_digest(shown.encode("utf-8", "surrogatepass"), csrf_token_of(secret).encode())
