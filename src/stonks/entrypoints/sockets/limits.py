"""How much of everything sockets may use."""

from dataclasses import dataclass

from stonks.adapters.wire.frames import LARGEST_FRAME


@dataclass(frozen=True, slots=True, kw_only=True)
class SocketLimits:
    """Seconds, bytes and counts; of one connection where nothing else is said."""

    connections: int = 20_000  # of the process
    frame_bytes: int = LARGEST_FRAME
    frames_per_second: float = 50.0
    outbox_bytes: int = 256 * 1024
    rooms: int = 100
    unanswered: int = 64
    bad_frames: int = 5  # within ``forgive_seconds``
    forgive_seconds: float = 60.0
    heartbeat_seconds: int = 25
    stall_seconds: float = 10.0
    linger_seconds: float = 2.0
    typing_seconds: float = 2.0
