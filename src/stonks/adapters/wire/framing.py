"""The bytes of RFC 6455 frames, as a server writes them: unmasked, so the same for all."""

import struct

from websockets.frames import Close, Frame, Opcode

from stonks.adapters.wire.closing import CloseCode

_SHORT, _MIDDLING = struct.Struct("!BB").pack, struct.Struct("!BBH").pack
_WHOLE_TEXT = 0x80 | Opcode.TEXT


def text_frame(payload: bytes) -> bytes:
    """One whole text message (RFC 6455 section 5.2).

    By hand for the sizes that each message of a chat has: ``Frame`` takes six times as long.
    """
    length = len(payload)
    if length < 126:
        return _SHORT(_WHOLE_TEXT, length) + payload
    if length < 65_536:
        return _MIDDLING(_WHOLE_TEXT, 126, length) + payload
    return Frame(Opcode.TEXT, payload).serialize(mask=False)


def close_frame(code: CloseCode, reason: str = "") -> bytes:
    """``reason`` takes at most 123 bytes of UTF-8 (RFC 6455 section 5.5)."""
    return Frame(Opcode.CLOSE, Close(code, reason).serialize()).serialize(mask=False)


PING = Frame(Opcode.PING, b"").serialize(mask=False)
