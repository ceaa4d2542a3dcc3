"""Whether a request with a cookie was meant by whoever has that cookie.

Both must hold for what changes anything: the page knows the CSRF token of this very session, and
the browser says that the page is one of ours (OWASP, Cross-Site Request Forgery Prevention).
"""

from urllib.parse import urlsplit

from flask import request

from stonks.domain.errors import Forbidden
from stonks.domain.identity.session_cookie import is_csrf_token

HEADER = "X-CSRF-Token"
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
FAILED = Forbidden(
    "csrf_failed", "with a cookie, send X-CSRF-Token of this session, from a page of this site"
)
_PORTS = {"http": 80, "https": 443}


def must_be_meant(secret: str, public_url: str) -> None:
    """Raises ``Forbidden`` (``csrf_failed``) for an unsafe method that another page may send."""
    if request.method in SAFE:
        return
    if not _says_whence() or is_foreign(public_url):
        raise FAILED
    if not is_csrf_token(request.headers.get(HEADER, ""), secret):
        raise FAILED


def is_foreign(public_url: str) -> bool:
    """Whether the browser says that the request comes from a page of another origin."""
    site, origin = request.headers.get("Sec-Fetch-Site"), request.headers.get("Origin")
    if site is not None and site != "same-origin":
        return True
    return origin is not None and _place(origin) not in _ours(public_url)


def _says_whence() -> bool:
    return "Origin" in request.headers or "Sec-Fetch-Site" in request.headers


def _ours(public_url: str) -> set[tuple[str, str, int]]:
    """Whoever else's name leads here has no cookie of ours: ``__Host-`` binds it to the host."""
    here = _place(f"{request.scheme}://{request.host}"), _place(public_url)
    return {place for place in here if place is not None}


def _place(origin: str) -> tuple[str, str, int] | None:
    """Scheme, host and port; None for what is no origin, such as ``null``."""
    try:
        url = urlsplit(origin)
        port = url.port or _PORTS.get(url.scheme)
    except ValueError:
        return None
    if not (url.hostname and port) or "@" in url.netloc:
        return None
    return url.scheme, url.hostname, port
