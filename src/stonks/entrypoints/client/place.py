"""Where the Stonks is that is asked."""

from urllib.parse import urlsplit

from stonks.entrypoints.settings import Settings

EVERYWHERE = ("0.0.0.0", "::", "localhost")  # noqa: S104 - compared with, not listened on


def own_url(settings: Settings) -> str:
    """How a process of the same machine reaches the server of these settings."""
    host = "127.0.0.1" if settings.host in EVERYWHERE else settings.host
    return f"http://{f'[{host}]' if ':' in host else host}:{settings.port}"


def checked_url(url: str) -> str:
    """The address without what follows the port; ``ValueError`` where it is not HTTP's."""
    parts = urlsplit(url if "//" in url else f"http://{url}")
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("an address reads like http://localhost:8000")
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
