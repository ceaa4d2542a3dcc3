"""The reading half of a connection: bytes in, whole messages out."""

import logging
from dataclasses import dataclass, field
from typing import ClassVar

from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN
from websockets.server import ServerProtocol

from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.frames import LARGEST_FRAME

_DATA = (Opcode.TEXT, Opcode.BINARY, Opcode.CONT)
_log = logging.getLogger("stonks.sockets.parser")
_log.setLevel(logging.WARNING)  # below that, websockets logs what frames say, tokens included


@dataclass(slots=True)
class Heard:
    """What some bytes came to: text as ``str``, binary messages as ``bytes``."""

    frames: int
    replies: list[bytes]
    is_over: bool
    messages: list[str | bytes] = field(default_factory=list)
    failure: CloseCode | None = None


class Inbox:
    """Parses one connection's bytes; holds a parser only in the middle of a message.

    Between messages a parser has no state, so that connections lend each other one: a
    connection that only listens keeps none of its 1.5 KiB.
    """

    __slots__ = ("_opcode", "_parser", "_parts", "_unparsed")

    _spare: ClassVar[list[ServerProtocol]] = []

    def __init__(self) -> None:
        self._parser: ServerProtocol | None = None
        self._unparsed = 0
        self._opcode: Opcode | None = None
        self._parts: bytearray | None = None

    def feed(self, data: bytes) -> Heard:
        parser = self._parser or self._borrow()
        parser.receive_data(data)
        frames = [event for event in parser.events_received() if isinstance(event, Frame)]
        heard = Heard(len(frames), parser.data_to_send(), parser.state is not OPEN)
        self._unparsed += len(data) - sum(map(_wire_size, frames))
        self._keep(parser)
        for frame in frames:
            if frame.opcode in _DATA and heard.failure is None:
                self._assemble(frame, heard)
        return heard

    def _assemble(self, frame: Frame, heard: Heard) -> None:
        if frame.opcode is not Opcode.CONT:
            self._opcode = frame.opcode
        if not frame.fin and self._parts is None:
            self._parts = bytearray()
        if self._parts is not None:
            self._parts += frame.data
        if not frame.fin:
            return
        payload = bytes(frame.data if self._parts is None else self._parts)
        self._parts = None
        try:
            heard.messages.append(payload.decode() if self._opcode is Opcode.TEXT else payload)
        except UnicodeDecodeError:
            heard.failure = CloseCode.BAD_UTF8

    def _borrow(self) -> ServerProtocol:
        if self._spare:
            return self._spare.pop()
        return ServerProtocol(state=OPEN, max_size=LARGEST_FRAME, logger=_log)

    def _keep(self, parser: ServerProtocol) -> None:
        is_between = self._unparsed == 0 and parser.current_size is None and parser.state is OPEN
        if is_between and not self._spare:
            self._spare.append(parser)
        self._parser = None if is_between else parser


def _wire_size(frame: Frame) -> int:
    """What a client's frame took on the wire; lengths are written minimally (RFC 6455 5.2)."""
    length = len(frame.data)
    return 6 + length + (0 if length < 126 else 2 if length < 65536 else 8)
