"""Which addresses may be spoken to."""

from urllib.parse import urlsplit

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def is_safe(url: object) -> bool:
    """Whether it is ``https``, or ``http`` that does not leave this machine."""
    if not isinstance(url, str) or not url.isascii() or not url.isprintable() or " " in url:
        return False
    try:
        parts, port = urlsplit(url), urlsplit(url).port
    except ValueError:
        return False
    if not parts.hostname or parts.fragment or "@" in parts.netloc or port == 0:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in LOOPBACK)
