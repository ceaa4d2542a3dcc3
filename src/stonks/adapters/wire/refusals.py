"""Refusals as ``error`` frames: the one place where sockets map them."""

from math import ceil

from stonks.adapters.wire.frames import Error
from stonks.domain.errors import Limited, Refusal, Unavailable
from stonks.domain.ids import RoomId


def error_of(refusal: Refusal, *, nonce: str | None = None, room: RoomId | None = None) -> Error:
    """``retryAfter`` is rounded up to a tenth of a second, so that nobody comes back too early."""
    return Error(
        code=refusal.code,
        detail=refusal.detail,
        nonce=nonce,
        room=room,
        retry_after=_seconds(refusal),
    )


def _seconds(refusal: Refusal) -> float | None:
    if isinstance(refusal, Limited | Unavailable):
        return ceil(refusal.retry_after * 10) / 10
    return None
