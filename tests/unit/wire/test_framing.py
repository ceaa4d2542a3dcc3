"""Frames as an independent reader understands them."""

import pytest
from websockets.client import ClientProtocol
from websockets.frames import Close, Frame, Opcode
from websockets.protocol import OPEN
from websockets.uri import parse_uri

from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.framing import PING, close_frame, text_frame


def read(stream: bytes) -> list[Frame]:
    client = ClientProtocol(parse_uri("ws://localhost/"), state=OPEN, max_size=None)
    client.receive_data(stream)
    assert client.parser_exc is None
    return [event for event in client.events_received() if isinstance(event, Frame)]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536, 100_000])
def test_a_text_of_any_size_is_one_whole_frame(size: int) -> None:
    first, second = read(text_frame(b"x" * size) + text_frame(b"next"))
    assert (first.opcode, first.fin, bytes(first.data)) == (Opcode.TEXT, True, b"x" * size)
    assert bytes(second.data) == b"next"


@pytest.mark.parametrize("code", CloseCode)
def test_a_close_says_why(code: CloseCode) -> None:
    (frame,) = read(close_frame(code, "because"))
    assert Close.parse(bytes(frame.data)) == Close(code, "because")


def test_a_ping_is_one() -> None:
    (frame,) = read(PING)
    assert (frame.opcode, bytes(frame.data)) == (Opcode.PING, b"")
