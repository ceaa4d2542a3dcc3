"""The other end of a connection: an independent client, and time to let things happen."""

import json
import socket
from _socket import socket as RawSocket  # noqa: N812
from collections.abc import Callable
from time import monotonic
from typing import Any

import gevent
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri


def eventually(holds: Callable[[], object], seconds: float = 3.0) -> bool:
    until = monotonic() + seconds
    while not holds() and monotonic() < until:
        gevent.sleep(0.001)
    return bool(holds())


def pair(*, buffer: int | None = None) -> tuple[RawSocket, socket.socket]:
    """The server's and the client's end; ``buffer`` bounds what the kernel takes."""
    ours, theirs = socket.socketpair()
    if buffer is not None:
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, buffer)
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    theirs.setblocking(False)
    return RawSocket(fileno=ours.detach()), theirs


class Peer:
    """A client by the ``websockets`` package, without its I/O; it raises for a broken stream."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock = sock
        self.protocol = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN, max_size=None)
        self.frames: list[Frame] = []
        self.raw = 0
        self.is_eof = False

    def read(self, most: int = 1 << 20) -> None:
        """Take what is there, at most so much."""
        try:
            data = self.sock.recv(most)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        if not data:
            self.is_eof = True
            return
        self.raw += len(data)
        self.protocol.receive_data(data)
        assert self.protocol.parser_exc is None, self.protocol.parser_exc
        self.frames += [
            event for event in self.protocol.events_received() if isinstance(event, Frame)
        ]
        for reply in self.protocol.data_to_send():
            self.write(reply)

    def write(self, data: bytes) -> None:
        while data and not self.is_eof:
            try:
                data = data[self.sock.send(data) :]
            except BlockingIOError:
                gevent.sleep(0.001)
            except (BrokenPipeError, ConnectionResetError):
                self.is_eof = True

    def frame(self, opcode: Opcode, data: bytes, **flags: Any) -> None:
        self.write(Frame(opcode, data, **flags).serialize(mask=True))

    def say(self, **frame: object) -> None:
        self.frame(Opcode.TEXT, json.dumps(frame).encode())

    def sees(self, holds: Callable[["Peer"], object], seconds: float = 3.0) -> bool:
        def look() -> object:
            self.read()
            return holds(self)

        return eventually(look, seconds)

    @property
    def texts(self) -> list[bytes]:
        return [bytes(frame.data) for frame in self.frames if frame.opcode is Opcode.TEXT]

    @property
    def said(self) -> list[dict[str, Any]]:
        return [json.loads(text) for text in self.texts]

    def got(self, type_: str) -> list[dict[str, Any]]:
        return [frame for frame in self.said if frame["type"] == type_]

    @property
    def close_code(self) -> int | None:
        closes = [frame for frame in self.frames if frame.opcode is Opcode.CLOSE]
        return Close.parse(bytes(closes[0].data)).code if closes else None

    def is_closed_with(self, code: int) -> bool:
        return self.sees(lambda peer: peer.close_code is not None) and self.close_code == code
