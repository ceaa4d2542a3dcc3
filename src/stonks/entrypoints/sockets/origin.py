"""Which pages may open sockets."""

from collections.abc import Collection
from urllib.parse import urlsplit

_PORTS = {"http": 80, "https": 443}
_LOOPBACK = {"localhost", "127.0.0.1", "::1"}
_Parts = tuple[str, str, int]


def is_welcome(origin: str | None, *, host: str, scheme: str, allowed: Collection[str]) -> bool:
    """Whether a page of this ``Origin`` (RFC 6454) may open a socket here.

    No Origin at all is no page but a native client. Otherwise it must be one of ``allowed``,
    exactly: scheme, host and port; or a page of this machine that asks this machine. That the
    Host says the same as the Origin proves nothing: whoever owns a name may point it here.
    """
    if origin is None:
        return True
    page, here = _parts(origin), _parts(f"{scheme}://{host}")
    return page is not None and (page in map(_parts, allowed) or _is_at_home(page, here))


def _is_at_home(page: _Parts, here: _Parts | None) -> bool:
    """Whether both are loopback, by whatever name, with one scheme and port."""
    if here is None or not {page[1], here[1]} <= _LOOPBACK:
        return False
    return (page[0], page[2]) == (here[0], here[2])


def _parts(origin: str) -> _Parts | None:
    """Scheme, host and port; None for what is no origin."""
    try:
        url = urlsplit(origin)
        port = url.port or _PORTS.get(url.scheme)
    except ValueError:
        return None
    is_bare = origin.lower() == f"{url.scheme}://{url.netloc}".lower() and "@" not in url.netloc
    return (url.scheme, url.hostname, port) if is_bare and url.hostname and port else None
