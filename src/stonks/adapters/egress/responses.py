"""Answers as they come, of which no more is read than can be one."""

from http.client import HTTPException, HTTPResponse
from io import BufferedReader, RawIOBase
from socket import socket
from typing import Any, cast

from stonks.application.egress.ports import Answer

LARGEST_HEAD = 64 * 1024
SWITCHING_PROTOCOLS = 101
"""Ends what was asked: from there on no HTTP is spoken."""
OF_CHUNKS = 8
"""How many bytes travel for one of the body, where each is a chunk by itself."""


class Wire(RawIOBase):
    """The bytes that come in on a socket, up to ``most`` of them."""

    def __init__(self, sock: socket, most: int) -> None:
        self._sock, self._left, self.is_over = sock, most, False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.is_over:
            return 0
        if self._left <= 0:
            raise HTTPException("it answers more than can be an answer")
        read = self._sock.recv_into(buffer)
        self._left -= read
        return read


class Reader(BufferedReader):
    """``HTTPResponse`` closes it after the last byte that is its own."""

    has_more = False
    """Whether more had come by then, which answers nothing that was asked."""

    def __init__(self, wire: Wire) -> None:
        super().__init__(wire)
        self._wire = wire

    def makefile(self, _: str) -> "Reader":
        """What ``HTTPResponse`` asks a socket for."""
        return self

    def close(self) -> None:
        if not self.closed:
            self._wire.is_over = True
            self.has_more = bool(self.peek(1))
        super().close()


def read_answer(sock: socket, largest: int) -> tuple[Answer, bool]:
    """The answer, and whether the connection is good for another request.

    Raises ``OSError`` and ``HTTPException``.
    """
    reader: Any = Reader(Wire(sock, LARGEST_HEAD + OF_CHUNKS * largest))
    response = _final(reader)
    body = response.read(largest + 1)
    is_whole = len(body) <= largest
    if is_whole and response.length:
        raise HTTPException("its answer ends too early")
    answer = Answer(response.status, _headers(response), body[:largest])
    is_good = is_whole and response.isclosed() and not response.will_close
    is_http = response.status != SWITCHING_PROTOCOLS
    return answer, is_good and is_http and not reader.has_more


def _final(reader: Any) -> HTTPResponse:
    """After those of the interim, of which any may come (RFC 9110, 15.2).

    ``HTTPResponse`` reads on after 100 alone. It is one all along: one that is dropped closes
    what it reads from.
    """
    response: Any = HTTPResponse(reader, method="POST")
    response.begin()
    while response.status < 200 and response.status != SWITCHING_PROTOCOLS:
        response.headers = None  # else it has begun
        response.begin()
    return cast(HTTPResponse, response)


def _headers(response: HTTPResponse) -> dict[str, str]:
    """One that comes several times is one list (RFC 9110, 5.3)."""
    headers: dict[str, str] = {}
    for name, value in response.getheaders():
        key = name.lower()
        headers[key] = f"{headers[key]}, {value}" if key in headers else value
    return headers
