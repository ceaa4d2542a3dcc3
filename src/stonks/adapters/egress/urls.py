"""URLs, read once and strictly: what is checked is what is connected to."""

import re
from dataclasses import dataclass
from functools import lru_cache
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from stonks.adapters.egress.addresses import Address
from stonks.adapters.egress.refusals import forbidden

LONGEST = 2048
PORTS = {"https": 443, "http": 80}
LOWEST_PORT = 1024
HIGHEST_PORT = 65535
BAD_PORTS = frozenset(
    {1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566, 6679, 6697, 10080}
    | {*range(6665, 6670)}
)
"""Those from ``LOWEST_PORT`` up on which browsers speak no HTTP (Fetch, 2.9)."""
AUTHORITY = re.compile(
    r"(?:\[(?P<address>[0-9a-f:.]+)\]|(?P<name>[^\[\]:@]+))(?::(?P<port>[1-9][0-9]{0,4}))?\Z"
)
LABEL = r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?"
NAME = re.compile(rf"(?=.{{1,253}}\Z){LABEL}(?:\.{LABEL})*\Z")
NUMBER = re.compile(r"(?:.*\.)?(?:[0-9]+|0x[0-9a-f]*)\Z")
"""What a browser takes for an IPv4 address (URL, 3.5): 127.1, 0x7f000001, 017700000001."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where a request goes. ``host`` is in lower case and without brackets."""

    scheme: str
    host: str
    port: int
    path: str
    address: Address | None
    """Of a host that is an address itself."""

    @property
    def is_tls(self) -> bool:
        return self.scheme == "https"

    @property
    def authority(self) -> str:
        """As it stands in ``Host`` (RFC 9110, 7.2)."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        return f"{self.scheme}://{self.authority}"


@lru_cache(1024)
def read_url(url: str) -> Target:
    """Raises ``Invalid`` for anything but the one spelling that an http or https URL has."""
    parts = _split(url)
    if parts.scheme not in PORTS:
        raise forbidden("is no https URL")
    host, port = _authority(parts.netloc.lower())
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    number = PORTS[parts.scheme] if port is None else _port(int(port))
    return Target(parts.scheme, host, number, path, _address(host))


def _split(url: str) -> SplitResult:
    if len(url) > LONGEST:
        raise forbidden(f"is longer than {LONGEST} characters")
    if not (url.isascii() and url.isprintable()) or " " in url:
        raise forbidden("has characters in it that must be encoded (names as xn--…)")
    if "#" in url or "\\" in url:
        raise forbidden("has more in it than a URL that can be asked")
    try:
        return urlsplit(url)
    except ValueError:
        raise forbidden("is no URL") from None


def _authority(netloc: str) -> tuple[str, str | None]:
    if "@" in netloc:
        raise forbidden("has a user in it")
    found = AUTHORITY.match(netloc)
    if not found:
        raise forbidden("has no host and port that there are")
    return found["address"] or found["name"], found["port"]


def _port(port: int) -> int:
    is_usual = port in PORTS.values() or LOWEST_PORT <= port <= HIGHEST_PORT
    if not is_usual or port in BAD_PORTS:
        raise forbidden("has a port that is for something else")
    return port


def _address(host: str) -> Address | None:
    """The address that ``host`` is; None for a name."""
    if ":" in host or NUMBER.match(host):
        return _literal(host)
    if not NAME.match(host):
        raise forbidden("has no name of a host in it")
    return None


def _literal(host: str) -> Address:
    try:
        return ip_address(host)
    except ValueError:
        raise forbidden("has a number in it that is no address as it is usually written") from None
