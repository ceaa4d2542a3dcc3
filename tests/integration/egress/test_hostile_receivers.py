"""Receivers that hang, drip, flood and mislead cost their own request, and no more than it may."""

import tracemalloc
import zlib
from collections.abc import Callable
from ssl import SSLContext

import pytest

from stonks.adapters.egress.refusals import TOO_LONG
from stonks.domain.errors import Unavailable
from tests.integration.egress.certificates import Authority
from tests.integration.egress.conftest import HOST, MakeEgress
from tests.integration.egress.listening import (
    Talk,
    after_reading,
    deaf,
    drip,
    endless,
    listening,
    say_nothing,
)

HEAD = b"HTTP/1.1 200 OK\r\n"
BODY = HEAD + b"Content-Length: 600\r\n\r\n"
SLOW_HEAD = HEAD + b"X-Slow: " + b"a" * 600 + b"\r\nContent-Length: 0\r\n\r\n"
SECONDS = 0.4


def failure(
    make_egress: MakeEgress, port: int, scheme: str = "https", why: str | None = None
) -> str:
    with pytest.raises(Unavailable, match=why) as told:
        make_egress().post(f"{scheme}://{HOST}:{port}/", b"hello", {}, seconds=SECONDS)
    return told.value.code


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_hanging_at_connecting_is_cut_off(make_egress: MakeEgress, scheme: str) -> None:
    with deaf() as port:
        assert failure(make_egress, port, scheme, TOO_LONG) == "egress_failed"


def test_where_nobody_listens_nothing_was_sent(make_egress: MakeEgress) -> None:
    with listening(say_nothing) as listener:
        pass
    assert failure(make_egress, listener.port) == "egress_failed"


@pytest.mark.parametrize("talk", [say_nothing, drip(b"\x16\x03\x03\x40\x00" + b"\x02" * 600)])
def test_hanging_and_dripping_in_tls_is_cut_off(make_egress: MakeEgress, talk: Talk) -> None:
    with listening(talk) as listener:
        assert failure(make_egress, listener.port, why=TOO_LONG) == "egress_failed"


@pytest.mark.parametrize("is_tls", [False, True])
@pytest.mark.parametrize(
    "talk",
    [
        say_nothing,
        after_reading(HEAD),
        after_reading(BODY + b"half"),
        drip(SLOW_HEAD),
        drip(BODY + b"x" * 600),
        drip(b"HTTP/1.1 100 Continue\r\n\r\n" * 30 + SLOW_HEAD),
        drip(b"HTTP/1.1 103 Early Hints\r\n\r\n" * 30 + SLOW_HEAD),
        after_reading(b"HTTP/1.1 102 Processing\r\n\r\n"),
    ],
    ids=[
        *("no-head", "half-head", "half-body", "drip-head", "drip-body"),
        *("drip-100", "drip-103", "no-more-than-102"),
    ],
)
def test_hanging_and_dripping_in_an_answer_is_cut_off_and_uncertain(
    make_egress: MakeEgress, authority: Authority, talk: Talk, is_tls: bool
) -> None:
    context: SSLContext | None = authority.serving(HOST) if is_tls else None
    with listening(talk, context) as listener:
        scheme = "https" if is_tls else "http"
        assert failure(make_egress, listener.port, scheme, TOO_LONG) == "egress_uncertain"


def test_a_request_that_nobody_reads_did_not_arrive(make_egress: MakeEgress) -> None:
    with listening(say_nothing) as listener, pytest.raises(Unavailable) as told:
        make_egress().post(f"http://{HOST}:{listener.port}/", bytes(2**24), {}, seconds=SECONDS)
    assert told.value.code == "egress_failed"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"SSH-2.0-OpenSSH_9.7\r\n",
        b"HTTP/1.1 2OO OK\r\n\r\n",
        BODY + b"half",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhal",
        HEAD + b"Transfer-Encoding: chunked\r\n\r\nx\r\n",
        b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 2OO OK\r\n\r\n",
        HEAD + b"X: y\r\n" * 200 + b"\r\n",
        HEAD + b"X: " + b"y" * 70_000 + b"\r\n\r\n",
    ],
)
def test_what_is_no_whole_answer_is_uncertain(
    make_egress: MakeEgress, authority: Authority, said: bytes
) -> None:
    with listening(after_reading(said, then_hang=False), authority.serving(HOST)) as listener:
        assert failure(make_egress, listener.port) == "egress_uncertain"


@pytest.mark.parametrize(
    ("head", "part", "is_answer"),
    [
        (HEAD + b"\r\n", b"x" * 65536, True),
        (HEAD + b"Content-Length: 99999999999\r\n\r\n", b"x" * 65536, True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b"x" * 4096 + b"\r\n", True),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1;" + b"y" * 9000 + b"\r\nx\r\n", False),
        (HEAD + b"X: ", b"y" * 65536, False),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 1000, False),
        (b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 1000, False),
        (b"", b"HTTP/1.1 103\r\nLink: " + b"y" * 9000 + b"\r\n\r\n", False),
    ],
    ids=[
        *("no-length", "length", "chunks", "chunk-extensions", "header"),
        *("endless-100", "endless-103", "endless-103-with-much"),
    ],
)
def test_of_an_endless_answer_no_more_is_read_than_is_wanted(
    make_egress: MakeEgress, authority: Authority, head: bytes, part: bytes, is_answer: bool
) -> None:
    with listening(endless(head, part), authority.serving(HOST)) as listener:

        def ask() -> bytes:
            url = f"https://{HOST}:{listener.port}/"
            return make_egress().post(url, b"", {}, seconds=20, largest=1000).body

        if is_answer:
            assert ask() == b"x" * 1000
        else:
            with pytest.raises(Unavailable) as told:
                ask()
            assert told.value.code == "egress_uncertain"


def test_a_gzip_bomb_is_read_as_it_is_and_not_unpacked(
    make_egress: MakeEgress, authority: Authority
) -> None:
    compressing = zlib.compressobj(wbits=31)
    bomb = b"".join(compressing.compress(bytes(2**20)) for _ in range(64)) + compressing.flush()
    said = HEAD + b"Content-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb) + bomb
    with listening(after_reading(said), authority.serving(HOST)) as listener:
        egress = make_egress()
        tracemalloc.start()
        answer = egress.post(f"https://{HOST}:{listener.port}/", b"", {}, largest=4096)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert answer.body == bomb[:4096]
        assert most < 2**20


@pytest.mark.parametrize("make", [lambda: b"http://169.254.169.254/", lambda: b"http://localhost/"])
def test_ssrf_a_redirect_to_metadata_is_not_followed(
    make_egress: MakeEgress, authority: Authority, make: Callable[[], bytes]
) -> None:
    moved = b"HTTP/1.1 307 Temporary Redirect\r\nContent-Length: 0\r\nLocation: " + make()
    with listening(after_reading(moved + b"\r\n\r\n"), authority.serving(HOST)) as listener:
        answer = make_egress().post(f"https://{HOST}:{listener.port}/", b"", {})
        assert answer.status == 307
        assert listener.connections == 1
