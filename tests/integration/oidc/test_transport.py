"""Connections to an issuer that is slow on purpose, or is somebody else."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread

import pytest
import requests

from stonks.adapters.oidc.transport import CautiousTransport

SECONDS_OF_DRIPPING = 30


@contextmanager
def listening(answer: Callable[[socket.socket, Event], None]) -> Iterator[int]:
    """A bare server that answers one connection; the block gets its port."""
    over = Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(SECONDS_OF_DRIPPING)

        def serve() -> None:
            try:
                connection, _ = server.accept()
                with connection:
                    answer(connection, over)
            except OSError:
                return  # hung up on, which is what is to be shown

        thread = Thread(target=serve, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        over.set()
    thread.join(SECONDS_OF_DRIPPING)


def drip(connection: socket.socket, over: Event) -> None:
    """One header after the other, a byte at a time, and the right answer after all."""
    head = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n" + f"X-Slow: {'a' * 250}\r\n\r\n"
    for byte in f"{head}{{}}".encode():
        if over.wait(0.1):
            return
        connection.sendall(bytes([byte]))


def say_nothing(connection: socket.socket, over: Event) -> None:
    over.wait(SECONDS_OF_DRIPPING)


def answer_at_once(connection: socket.socket, over: Event) -> None:
    connection.recv(65536)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")


def get(url: str, seconds: float = 30) -> requests.Response:
    with requests.Session() as session:
        session.mount("http://", CautiousTransport(seconds))
        session.mount("https://", CautiousTransport(seconds))
        return session.get(url)


def test_an_answer_comes_as_it_is() -> None:
    with listening(answer_at_once) as port:
        assert get(f"http://127.0.0.1:{port}/").json() == {}


@pytest.mark.parametrize("answer", [drip, say_nothing])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_whoever_drips_headers_or_hangs_is_hung_up_on(
    answer: Callable[[socket.socket, Event], None], scheme: str
) -> None:
    with (
        listening(answer) as port,
        pytest.raises(requests.exceptions.ConnectionError),
    ):
        get(f"{scheme}://127.0.0.1:{port}/", 0.5)


def test_where_nobody_listens_nobody_answers() -> None:
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        with pytest.raises(requests.exceptions.ConnectionError):
            get(url)


@pytest.mark.parametrize(
    "url",
    [
        "http://192.0.2.1/",
        "http://localhost.evil.example/",
        "http://127.0.0.1.evil.example/",
        "http://2130706433/",
        "http://user@127.0.0.1/",
    ],
)
def test_nothing_goes_over_open_ground(url: str) -> None:
    with pytest.raises(requests.exceptions.ConnectionError, match="neither https nor loopback"):
        get(url)


def test_proxies_of_the_environment_are_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://192.0.2.1:9")
    monkeypatch.setenv("no_proxy", "")
    with listening(answer_at_once) as port:
        assert get(f"http://127.0.0.1:{port}/").status_code == 200
