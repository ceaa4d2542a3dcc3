"""Deadlines of sockets, watched together."""

import socket
from collections.abc import Iterator

import pytest

from stonks.adapters.fuse import Fuse

LONG, SHORT = 60.0, 0.02


@pytest.fixture
def sock() -> Iterator[socket.socket]:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        ours.settimeout(10)
        yield ours


def _burns(sock: socket.socket) -> bool:
    with Fuse(sock, SHORT) as fuse:
        assert sock.recv(1) == b""  # nobody writes: it ends when the fuse has burnt
    return fuse.has_blown


def test_one_that_is_short_burns_before_one_that_was_lit_before(sock: socket.socket) -> None:
    other, end = socket.socketpair()
    with other, end, Fuse(other, LONG) as long:
        assert _burns(sock)
        assert not long.has_blown


def test_one_burns_after_many_that_were_put_out(sock: socket.socket) -> None:
    for seconds in (SHORT, LONG, SHORT) * 50:
        with Fuse(sock, seconds):
            pass
    assert _burns(sock)


def test_one_that_was_put_out_ends_nothing(sock: socket.socket) -> None:
    with Fuse(sock, SHORT) as out:
        pass
    other, end = socket.socketpair()
    with other, end:
        other.settimeout(10)
        assert _burns(other)  # which is watched for until after the other's time
    assert not out.has_blown
    assert sock.send(b"a") == 1
