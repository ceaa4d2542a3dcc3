"""How the processes of one Stonks hear each other: at once, best-effort, never the only copy."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

import msgspec
from msgspec import Struct

from stonks.domain.ids import NoticeId, ProfileId, RoomId, SessionId

Blob = tuple[RoomId, bytes]
OnRoom = Callable[[RoomId, bytes], None]
OnControl = Callable[[bytes], None]
OnReset = Callable[[], None]


class Bus(Protocol):
    """One process's end of the bus.

    Publishing never raises and never waits long: what cannot be published is counted and
    dropped. Whoever needs more than that reads the log.
    """

    def publish(self, blobs: Sequence[Blob]) -> None:
        """To every process that is subscribed to the room of each, this one included.

        However many there are, it costs one round trip.
        """

    def publish_control(self, message: bytes) -> None:
        """To every process, this one included."""

    def subscribe(self, room_id: RoomId) -> bool:
        """Hear a room; True once everything published from now on will be heard.

        False where that could not be confirmed in time; it is then made good later, and
        ``on_reset`` tells when.
        """

    def unsubscribe(self, room_id: RoomId) -> None: ...

    def listen(self, on_room: OnRoom, on_control: OnControl, on_reset: OnReset) -> None:
        """Call back with what is heard, one at a time, until ``close``; never raises.

        ``on_reset`` says that something may have been missed.
        """

    def close(self) -> None:
        """End ``listen`` and let go of the connections."""


class Told(Struct, frozen=True, array_like=True):
    """A notification of some people: ``frame`` is what their sockets are sent.

    Told again with a later ``at`` it has changed since.
    """

    id: NoticeId
    at: datetime
    frame: bytes
    people: Sequence[ProfileId]


class Notice(Struct, frozen=True, omit_defaults=True):
    """What every process must know at once and no log tells."""

    sessions_ended: Sequence[SessionId] = ()
    rooms_closed: Sequence[RoomId] = ()
    profiles_changed: Sequence[ProfileId] = ()
    told: Told | None = None


_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_DECODER = msgspec.msgpack.Decoder(Notice)


def encode_notice(notice: Notice) -> bytes:
    return _ENCODER.encode(notice)


def decode_notice(message: bytes) -> Notice:
    """Raises ``msgspec.DecodeError`` for anything else."""
    return _DECODER.decode(message)
