"""How large a WebP says that it is (RFC 9649), without opening it."""

from collections.abc import Callable, Mapping


def _lossy(chunk: bytes) -> int:
    return _both(chunk[6:8], chunk[8:10], 0x3FFF, 0)


def _lossless(chunk: bytes) -> int:
    bits = int.from_bytes(chunk[1:5], "little")
    return ((bits & 0x3FFF) + 1) * ((bits >> 14 & 0x3FFF) + 1)


def _extended(chunk: bytes) -> int:
    return _both(chunk[4:7], chunk[7:10], 0xFFFFFF, 1)


def _both(width: bytes, height: bytes, mask: int, more: int) -> int:
    wide, high = (int.from_bytes(side, "little") & mask for side in (width, height))
    return (wide + more) * (high + more)


KINDS: Mapping[bytes, Callable[[bytes], int]] = {
    b"VP8 ": _lossy,
    b"VP8L": _lossless,
    b"VP8X": _extended,
}


def webp_pixels(image: bytes) -> int | None:
    """The pixels of its canvas; None where it is no WebP."""
    if image[:4] != b"RIFF" or image[8:12] != b"WEBP" or image[12:16] not in KINDS:
        return None
    return KINDS[image[12:16]](image[20:30])
