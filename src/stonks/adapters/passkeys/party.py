"""Whom passkeys are for."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from stonks.application.identity.passkeys.ports import RelyingParty

NAME = "Stonks"


def relying_party(public_url: str, allowed_origins: Sequence[str]) -> RelyingParty:
    """The host of the public address, and those allowed origins that lie at or below it.

    Browsers give no passkeys to an IP address: people then reach Stonks by a name, or without.
    """
    domain = _host(public_url)
    below = [origin for origin in allowed_origins if f".{_host(origin)}".endswith(f".{domain}")]
    origins = dict.fromkeys(_origin(url) for url in (public_url, *below))
    return RelyingParty(domain, NAME, tuple(origins))


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").rstrip(".")


def _origin(url: str) -> str:
    """As browsers write it: lower case, and no port that goes without saying."""
    parts = urlsplit(url)
    port = {"http": 80, "https": 443}.get(parts.scheme)
    tail = f":{parts.port}" if parts.port not in (None, port) else ""
    host = parts.hostname or ""
    return f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{tail}"
