"""A client that may misbehave: its bytes are its own, what it reads is parsed strictly.

Frames are made and parsed by the ``websockets`` package, without any input or output of its own.
"""

import json
import socket
from collections import deque
from time import monotonic
from typing import Any

from websockets.client import ClientProtocol
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.uri import parse_uri

from tests.integration.servers import RunningServer

PATIENCE = 10.0


class RawClient:
    """Where it was refused, ``status`` and ``problem`` say how."""

    def __init__(
        self,
        server: RunningServer,
        path: str = "/ws",
        headers: dict[str, str] | None = None,
        receive_buffer: int | None = None,
    ) -> None:
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(PATIENCE)
        self.socket.connect(("127.0.0.1", server.port))
        self.heard: deque[Frame] = deque()
        self.is_over = False
        self._protocol = ClientProtocol(parse_uri(server.ws_url + path), max_size=None)
        self._shake_hands(headers or {})

    @property
    def problem(self) -> dict[str, Any]:
        """Why the handshake was refused."""
        said: dict[str, Any] = json.loads(self.response.body or b"{}")
        return said

    def __enter__(self) -> "RawClient":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def write(self, data: bytes) -> None:
        self.socket.sendall(data)

    def send(self, *frames: bytes) -> None:
        self.write(b"".join(frames))

    def say(self, **frame: object) -> None:
        self.send(text(json.dumps(frame)))

    def read(self, most: int = 65536) -> bool:
        """Hear what a single ``recv`` brings; False at the end. Raises ``TimeoutError``."""
        try:
            data = self.socket.recv(most)
        except ConnectionResetError:
            data = b""
        if data:
            self._protocol.receive_data(data)
        else:
            self._protocol.receive_eof()
            self.is_over = True
        for event in self._protocol.events_received():
            assert isinstance(event, Frame), event
            self.heard.append(event)
        assert self._protocol.parser_exc is None or self.is_over, self._protocol.parser_exc
        return bool(data)

    def next(self, seconds: float = PATIENCE) -> Frame | None:
        """The next frame; None where the connection ended instead."""
        end = monotonic() + seconds
        while not self.heard and not self.is_over:
            self.socket.settimeout(max(0.01, end - monotonic()))
            self.read()
        return self.heard.popleft() if self.heard else None

    def until(self, seconds: float = PATIENCE, **wanted: object) -> dict[str, Any]:
        """The first message with these fields; what comes before it is thrown away."""
        while frame := self.next(seconds):
            message = decoded(frame)
            if message is not None and wanted.items() <= message.items():
                return message
        raise AssertionError(f"closed before {wanted}")

    def pong(self, payload: bytes) -> bool:
        while frame := self.next():
            if frame.opcode is Opcode.PONG:
                return bytes(frame.data) == payload
        return False

    def close_code(self, seconds: float = PATIENCE) -> int | None:
        """Of the Close frame that the server ends with; None where it just ends."""
        code = None
        while frame := self.next(seconds):
            assert code is None, "nothing follows a Close"
            if frame.opcode is Opcode.CLOSE:
                code = int.from_bytes(bytes(frame.data)[:2], "big")
            else:
                decoded(frame)
        return code

    def _shake_hands(self, headers: dict[str, str]) -> None:
        request = self._protocol.connect()
        for name, value in headers.items():
            if name in request.headers:
                del request.headers[name]
            if value != "":
                request.headers[name] = value
        self._protocol.send_request(request)
        self.write(b"".join(self._protocol.data_to_send()))
        while not (events := self._protocol.events_received()):
            data = self.socket.recv(65536)
            if data:
                self._protocol.receive_data(data)
            else:
                self._protocol.receive_eof()
        assert isinstance(events[0], Response)
        self.response = events[0]
        self.status = self.response.status_code
        for event in events[1:]:
            assert isinstance(event, Frame)
            self.heard.append(event)


def decoded(frame: Frame) -> dict[str, Any] | None:
    """The message of a text frame; anything else that is no control frame is a fault."""
    if frame.opcode in (Opcode.PING, Opcode.PONG, Opcode.CLOSE):
        return None
    assert frame.opcode is Opcode.TEXT
    assert frame.fin
    message: dict[str, Any] = json.loads(bytes(frame.data).decode("utf-8", "strict"))
    return message


def text(message: str | bytes, *, fin: bool = True) -> bytes:
    data = message.encode() if isinstance(message, str) else message
    return made(Opcode.TEXT, data, fin=fin)


def more(data: bytes, *, fin: bool = False) -> bytes:
    return made(Opcode.CONT, data, fin=fin)


def ping(payload: bytes = b"") -> bytes:
    return made(Opcode.PING, payload)


def made(opcode: Opcode, data: bytes, *, fin: bool = True) -> bytes:
    return Frame(opcode, data, fin=fin).serialize(mask=True, extensions=[])
