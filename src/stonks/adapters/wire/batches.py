"""What processes send each other: a run of a room's log as ready frames, in one blob."""

from collections.abc import Sequence

import msgspec
from msgspec import Struct

from stonks.adapters.wire.entries import entry_frame, fresh_frame
from stonks.application.chat.ports import EntryView
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.ids import RoomId

_BITES = frozenset(
    {
        EntryKind.MEMBER_BANNED,
        EntryKind.MEMBER_MUTED,
        EntryKind.MEMBER_TIMED_OUT,
        EntryKind.MEMBER_UNMUTED,
        EntryKind.CHANNEL_SUSPENDED,
    }
)


class Control(Struct, frozen=True, array_like=True):
    """An entry that bites on open connections: its kind, and whom it was done to."""

    kind: str
    profile_id: str | None = None


class Batch(Struct, frozen=True, array_like=True):
    """Entries ``first`` to ``last`` of a room, all of them: ``frames`` is what sockets are sent.

    With ``last`` 0 it is a passing remark (somebody types) from the process ``origin``: no part
    of the log, never repeated, never missed.
    """

    room_id: RoomId
    first: int
    last: int
    frames: bytes
    controls: tuple[Control, ...] = ()
    origin: str = ""


_ENCODER = msgspec.msgpack.Encoder(uuid_format="bytes")
_DECODER = msgspec.msgpack.Decoder(Batch)


def batch_of(entries: Sequence[Entry]) -> Batch:
    """Of entries just stored, which follow on each other in one room."""
    frames = b"".join(map(fresh_frame, entries))
    return _batch(entries, frames)


def batch_of_views(views: Sequence[EntryView]) -> Batch:
    """Of entries read from the log, which follow on each other in one room."""
    return _batch([view.entry for view in views], b"".join(map(entry_frame, views)))


def encode_batch(batch: Batch) -> bytes:
    return _ENCODER.encode(batch)


def decode_batch(blob: bytes) -> Batch:
    """Raises ``msgspec.DecodeError`` for anything else."""
    return _DECODER.decode(blob)


def _batch(entries: Sequence[Entry], frames: bytes) -> Batch:
    controls = tuple(_control(entry) for entry in entries if entry.kind in _BITES)
    return Batch(entries[0].room_id, entries[0].seq, entries[-1].seq, frames, controls)


def _control(entry: Entry) -> Control:
    profile_id = entry.data.get("profileId")
    return Control(entry.kind.value, str(profile_id) if profile_id is not None else None)
