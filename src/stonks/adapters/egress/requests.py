"""Requests as they travel (RFC 9112)."""

import re
from collections.abc import Mapping

from stonks.adapters.egress.urls import Target

NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+\Z")
VALUE = re.compile(r"[\t\x20-\x7e]*\Z")
OURS = frozenset(
    ("host", "content-length", "transfer-encoding", "connection", "accept-encoding", "user-agent")
)


def written(target: Target, body: bytes, headers: Mapping[str, str]) -> bytes:
    """A whole POST; nothing that must be unpacked is asked for. Raises ``ValueError``."""
    lines = [
        f"POST {target.path} HTTP/1.1",
        f"Host: {target.authority}",
        "Accept-Encoding: identity",
        "User-Agent: Stonks",
        f"Content-Length: {len(body)}",
        *(_line(name, value) for name, value in headers.items()),
    ]
    return "\r\n".join([*lines, "", ""]).encode() + body


def _line(name: str, value: str) -> str:
    if name.lower() in OURS or not NAME.match(name) or not VALUE.match(value):
        raise ValueError(f"the header {name!r} cannot be sent")
    return f"{name}: {value}"
