"""A receiver over TLS that answers as it is told."""

import ssl
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import socket
from threading import Thread
from typing import Any

from stonks.adapters.memory.egress import Asked
from stonks.application.egress.ports import Answer


class Receiver(ThreadingHTTPServer):
    """``asked`` has what came, ``connections`` how many were made for it."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, context: ssl.SSLContext | None) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.origin = f"{'https' if context else 'http'}://{host}:{self.server_port}"
        self.asked: list[Asked] = []
        self.answers: deque[Answer] = deque()
        self.connections = 0
        self._context = context

    def get_request(self) -> tuple[socket, Any]:
        connection, address = super().get_request()
        self.connections += 1
        if self._context:  # the handshake is left to the thread that reads
            connection = self._context.wrap_socket(
                connection, server_side=True, do_handshake_on_connect=False
            )
        return connection, address

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        return self.answers.popleft() if self.answers else Answer(201, {}, b"")

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients hang up; that is what some tests are for."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Receiver

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        scheme = self.server.origin.partition(":")[0]
        url = f"{scheme}://{self.headers['Host']}{self.path}"
        answer = self.server.answer(Asked(url, body, dict(self.headers)))
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its own name
        """A test says what went wrong by itself."""


@contextmanager
def receive(receiver: Receiver) -> Iterator[None]:
    """It serves for a block."""
    thread = Thread(target=receiver.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        receiver.shutdown()
        receiver.server_close()
        thread.join()


@contextmanager
def receiving(host: str, context: ssl.SSLContext | None) -> Iterator[Receiver]:
    """A receiver that is reached by the name ``host``, for a block."""
    receiver = Receiver(host, context)
    with receive(receiver):
        yield receiver
