"""A receiver that keeps a note of every request, repeats included, and answers as it is told."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

from stonks.domain.webhooks.event_type import VERIFICATION
from tests.integration.waiting import Gate


@dataclass(frozen=True, slots=True)
class Request:
    """One that arrived whole; ``seq`` is of the event that it tells."""

    path: str
    id: str
    seq: int


Answer = Callable[[Request], int]


@dataclass(slots=True)
class Recorder:
    """Answers every challenge, and events with the status that ``answer`` says; that may wait."""

    port: int = 0
    answer: Answer = lambda _: 204
    _requests: list[Request] = field(default_factory=list)
    _noting: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    @contextmanager
    def gate(self) -> Iterator[Gate]:
        """Whoever tells something is answered only when the gate is open, or the block ends."""
        gate, before = Gate(), self.answer

        def wait(request: Request) -> int:
            gate()
            return before(request)

        self.answer = wait
        try:
            yield gate
        finally:
            self.answer = before
            gate.open()

    def note(self, request: Request) -> None:
        with self._noting:
            self._requests.append(request)

    def requests(self, path: str = "/") -> list[Request]:
        """In the order in which they arrived."""
        with self._noting:
            return [request for request in self._requests if request.path == path]


@contextmanager
def recorder() -> Iterator[Recorder]:
    found = Recorder()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            event = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            if event["type"] == VERIFICATION:
                self.say(200, event["data"]["challenge"].encode())
                return
            request = Request(self.path, self.headers["webhook-id"], event["data"]["seq"])
            found.note(request)
            self.say(found.answer(request))

        def say(self, status: int, body: bytes = b"") -> None:
            with suppress(OSError):  # whoever asked is dead
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def handle(self) -> None:
            with suppress(OSError):
                BaseHTTPRequestHandler.handle(self)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        request_queue_size = 128
        daemon_threads = True
        block_on_close = False

    with Server(("127.0.0.1", 0), Handler) as server:
        found.port = server.server_address[1]
        Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield found
        finally:
            server.shutdown()
