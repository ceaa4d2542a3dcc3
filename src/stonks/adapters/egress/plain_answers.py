"""Answers as most receivers give them, which are read without ado: all others are read in full."""

import re
from dataclasses import dataclass

from stonks.application.egress.ports import Answer

HEAD = re.compile(
    rb"HTTP/1\.1 ([2-5][0-9]{2})(?: [\t\x20-\x7e]*)?\r\n"
    rb"((?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t\x20-\x7e]*\r\n)*)\r\n"
)
LENGTH = re.compile(r"[0-9]{1,9}\Z")
NO_BODY = frozenset({204, 304})
NOT_PLAIN = frozenset({"connection", "transfer-encoding", "upgrade"})
"""Headers that say how the answer, or the connection, is to be understood."""


@dataclass(frozen=True, slots=True)
class Plain:
    """``size`` counts the bytes of all of it."""

    answer: Answer
    size: int


def read_plain(came: bytes, largest: int) -> Plain | None:
    """The answer at the start of what came, where all of it is there and nothing of it unusual."""
    head = HEAD.match(came)
    if head is None:
        return None
    headers = _headers(head[2].decode("ascii"))
    if headers is None:
        return None
    status = int(head[1])
    told = "0" if status in NO_BODY else headers.get("content-length", "")
    if not LENGTH.match(told) or int(told) > largest:
        return None
    body = came[head.end() : head.end() + int(told)]
    if len(body) < int(told):
        return None
    return Plain(Answer(status, headers, body), head.end() + len(body))


def _headers(lines: str) -> dict[str, str] | None:
    """None where one comes twice, or is not plain."""
    headers: dict[str, str] = {}
    for line in lines.split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        key = name.lower()
        if key in headers or key in NOT_PLAIN:
            return None
        headers[key] = value.strip(" \t")
    return headers
