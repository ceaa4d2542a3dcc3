"""Bare servers that are hostile."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread

SECONDS = 30
"""How long they go on, unless hung up on."""

Talk = Callable[[socket.socket, Event], None]


@dataclass(slots=True)
class Listener:
    port: int
    over: Event = field(default_factory=Event)
    connections: int = 0


@contextmanager
def listening(talk: Talk, context: ssl.SSLContext | None = None) -> Iterator[Listener]:
    """A server that talks so on each connection until the block ends."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        listener = Listener(server.getsockname()[1])

        def converse(connection: socket.socket) -> None:
            with suppress(OSError), connection:
                connection.settimeout(SECONDS)
                if context is None:
                    talk(connection, listener.over)
                    return
                with context.wrap_socket(connection, server_side=True) as secret:
                    talk(secret, listener.over)

        def accept() -> None:
            with suppress(OSError):
                while True:
                    connection, _ = server.accept()
                    if listener.over.is_set():
                        connection.close()
                        return
                    listener.connections += 1
                    Thread(target=converse, args=(connection,), daemon=True).start()

        thread = Thread(target=accept, daemon=True)
        thread.start()
        try:
            yield listener
        finally:
            listener.over.set()
            with suppress(OSError):
                socket.create_connection(("127.0.0.1", listener.port), 1).close()
            thread.join(SECONDS)


@contextmanager
def deaf() -> Iterator[int]:
    """A port on which connections are neither made nor refused."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        port: int = server.getsockname()[1]
        queued = [socket.socket() for _ in range(4)]
        for each in queued:  # whoever comes after them waits
            each.setblocking(False)
            with suppress(BlockingIOError):
                each.connect(("127.0.0.1", port))
        try:
            yield port
        finally:
            for each in queued:
                each.close()


def say_nothing(connection: socket.socket, over: Event) -> None:
    over.wait(SECONDS)


def drip(said: bytes) -> Talk:
    """Byte by byte, and the right answer after all."""

    def talk(connection: socket.socket, over: Event) -> None:
        for byte in said:
            if over.wait(0.05):
                return
            connection.sendall(bytes([byte]))

    return talk


def after_reading(said: bytes, *, then_hang: bool = True) -> Talk:
    def talk(connection: socket.socket, over: Event) -> None:
        connection.recv(65536)
        connection.sendall(said)
        if then_hang:
            over.wait(SECONDS)

    return talk


def again_and_again(said: bytes) -> Talk:
    """The same to each request."""

    def talk(connection: socket.socket, over: Event) -> None:
        while connection.recv(65536):
            connection.sendall(said)

    return talk


def endless(head: bytes, part: bytes) -> Talk:
    """As much as somebody reads."""

    def talk(connection: socket.socket, over: Event) -> None:
        connection.recv(65536)
        connection.sendall(head)
        while not over.is_set():
            connection.sendall(part)

    return talk
