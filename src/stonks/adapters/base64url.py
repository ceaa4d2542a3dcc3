"""Base64url without padding (RFC 4648, section 5), read strictly."""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode

_ALPHABET = re.compile(r"[A-Za-z0-9_-]*\Z")
LONGEST = 16 * 1024  # bytes; what authenticators and browsers tell is far below


def encoded(value: bytes) -> str:
    return urlsafe_b64encode(value).decode().rstrip("=")


def decoded(text: object, *, longest: int = LONGEST) -> bytes:
    """Raises ``ValueError`` for anything else, and for what is longer."""
    if not isinstance(text, str) or len(text) > 4 * longest // 3 + 4 or not _ALPHABET.match(text):
        raise ValueError("no base64url")
    value = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    if len(value) > longest:
        raise ValueError("too long")
    return value
