"""Answers that are read without ado, beside the library that reads every answer."""

import io
from http.client import HTTPException, HTTPResponse
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stonks.adapters.egress.plain_answers import read_plain
from stonks.application.egress.ports import Answer

LARGEST = 8
NAMES = ["Content-Length", "Connection", "Transfer-Encoding", "Retry-After", "X-Told", "x told"]
VALUES = ["0", "3", "1", "03", "+3", "9", "-1", "3, 3", "close", "chunked", "so  it is", "", "\x00"]
LINES = st.tuples(
    st.sampled_from(NAMES), st.sampled_from([": ", ": ", ":", " : "]), st.sampled_from(VALUES)
)


class _Heard(io.BytesIO):
    """What ``HTTPResponse`` asks of a socket; it closes what it has read to the end."""

    def makefile(self, _: str) -> "_Heard":
        return self

    def close(self) -> None:
        pass


def _in_full(came: bytes) -> tuple[Answer, bytes]:
    heard: Any = _Heard(came)
    response = HTTPResponse(heard, method="POST")
    response.begin()
    body = response.read(response.length or 0)
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, body), heard.read()


@given(
    status=st.sampled_from([b"200", b"204", b"304", b"410", b"100", b"999", b"20"]),
    length=st.sampled_from(["0", "1", "3", "3", "03", "9", "x"]),
    others=st.lists(LINES, max_size=2),
    end=st.sampled_from(["\r\n"] * 5 + ["\n", "\r\n ", ""]),
    body=st.sampled_from([b"", b"a", b"abc", b"abcHTTP/1.1 200 OK\r\n\r\n"]),
)
def test_what_is_read_without_ado_is_what_the_library_reads(
    status: bytes, length: str, others: list[tuple[str, str, str]], end: str, body: bytes
) -> None:
    lines = [("Content-Length", ": ", length), *others]
    head = "".join(f"{''.join(line)}\r\n" for line in lines).encode()
    came = b"HTTP/1.1 " + status + b" So\r\n" + head + end.encode() + body
    plain = read_plain(came, LARGEST)
    if plain is not None:
        answer, rest = _in_full(came)
        assert plain.answer == answer
        assert came[plain.size :] == rest


@pytest.mark.parametrize(
    "came",
    [
        b"HTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nServer: x\r\n\r\nabc",
        b"HTTP/1.1 503\r\nRetry-After: 7\r\ncontent-length: 0\r\n\r\n",
    ],
)
def test_usual_answers_are_read_without_ado(came: bytes) -> None:
    plain = read_plain(came, LARGEST)
    assert plain is not None
    assert plain.answer == _in_full(came)[0]


@pytest.mark.parametrize(
    "came",
    [
        b"",
        b"HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabcdefghi",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nX-Folded: a\r\n b\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\nContent-Length: 0\n\n",
    ],
)
def test_whatever_is_unusual_or_not_all_there_is_left_to_the_library(came: bytes) -> None:
    assert read_plain(came, LARGEST) is None


def test_what_the_library_refuses_is_not_read_without_ado() -> None:
    came = b"HTTP/1.1 2x4 No Content\r\n\r\n"
    assert read_plain(came, LARGEST) is None
    with pytest.raises(HTTPException):
        _in_full(came)
