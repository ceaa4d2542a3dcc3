"""What processes send each other."""

import json
from datetime import UTC, datetime, timedelta, timezone
from uuid import UUID

import msgspec
import pytest

from stonks.adapters.memory.bus import MemoryBus
from stonks.adapters.wire.announce import BusAnnouncer
from stonks.adapters.wire.batches import (
    Batch,
    Control,
    batch_of,
    batch_of_views,
    decode_batch,
    encode_batch,
)
from stonks.adapters.wire.bus import Notice, Told, decode_notice, encode_notice
from stonks.adapters.wire.closing import MEANINGS, CloseCode
from stonks.adapters.wire.entries import shown
from stonks.adapters.wire.refusals import error_of
from stonks.application.chat.ports import EntryView, Hidden
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.errors import Conflict, Limited
from stonks.domain.ids import NoticeId, ProfileId, RoomId, SessionId

ROOM, OTHER = RoomId(UUID(int=1)), RoomId(UUID(int=2))
ADA = Actor(ProfileId(UUID(int=3)), "ada", Role.HOST)
AT = datetime(2026, 1, 1, 12, 30, 1, 987654, tzinfo=UTC)


def entry(seq: int, room_id: RoomId = ROOM, kind: EntryKind = EntryKind.MESSAGE) -> Entry:
    data = {"text": f"number {seq}"} if kind is EntryKind.MESSAGE else {"profileId": "77"}
    return Entry(room_id, seq, AT, kind, ADA, data)


def test_a_batch_survives_the_way() -> None:
    batch = Batch(ROOM, 3, 9, b"\x81\x00\xff", (Control("member_banned", "77"),), "here")
    assert decode_batch(encode_batch(batch)) == batch


@pytest.mark.parametrize("blob", [b"", b"\xc0", b"junk", encode_batch(batch_of([entry(1)]))[:-1]])
def test_garbage_is_refused(blob: bytes) -> None:
    with pytest.raises(msgspec.DecodeError):
        decode_batch(blob)


def test_a_batch_holds_ready_frames_and_what_bites() -> None:
    batch = batch_of([entry(4), entry(5, kind=EntryKind.MEMBER_BANNED)])
    assert (batch.first, batch.last) == (4, 5)
    assert batch.controls == (Control("member_banned", "77"),)
    first = batch_of([entry(4)]).frames
    assert batch.frames.startswith(first)
    assert json.loads(first[4:])["data"] == {"text": "number 4"}


def test_a_hidden_message_keeps_its_place_and_not_its_text() -> None:
    batch = batch_of_views([EntryView(entry(1), Hidden.DELETED)])
    assert b"number 1" not in batch.frames
    assert b'"hidden":true' in batch.frames


def test_times_are_utc_with_milliseconds() -> None:
    east = entry(1).at.astimezone(timezone(timedelta(hours=5)))
    late = Entry(ROOM, 1, east, EntryKind.MESSAGE, ADA, {"text": "x"})
    assert shown(EntryView(late)).at == "2026-01-01T12:30:01.987Z"


def test_announcing_makes_one_blob_a_room_and_delivers_here_first() -> None:
    heard: list[tuple[str, RoomId, int, int]] = []
    bus = MemoryBus()
    bus.exchange.ends.append(bus)
    for room_id in (ROOM, OTHER):
        bus.subscribe(room_id)

    def hear(room_id: RoomId, blob: bytes) -> None:
        batch = decode_batch(blob)
        heard.append(("bus", room_id, batch.first, batch.last))

    bus._on_room = hear
    announce = BusAnnouncer(
        bus, lambda batch: heard.append(("here", batch.room_id, batch.first, batch.last))
    )
    announce([entry(5), entry(1, OTHER), entry(6), entry(2, OTHER)])
    assert heard == [
        ("here", ROOM, 5, 6),
        ("here", OTHER, 1, 2),
        ("bus", ROOM, 5, 6),
        ("bus", OTHER, 1, 2),
    ]


def test_a_notice_survives_the_way_and_garbage_is_refused() -> None:
    told = Told(NoticeId(UUID(int=7)), AT, b"\x81\x02{}", [ProfileId(UUID(int=6))])
    notice = Notice([SessionId(UUID(int=9))], [ROOM], [ProfileId(UUID(int=8))], told)
    assert decode_notice(encode_notice(notice)) == notice
    with pytest.raises(msgspec.DecodeError):
        decode_notice(b'{"sessionsEnded":[1]}')


def test_a_refusal_says_when_to_come_back_and_never_too_early() -> None:
    error = error_of(Limited("slow_down", "too fast", retry_after=4.21), nonce="n", room=ROOM)
    assert (error.code, error.retry_after, error.nonce, error.room) == ("slow_down", 4.3, "n", ROOM)
    assert error_of(Conflict("taken", "it is taken")).retry_after is None


def test_every_close_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(CloseCode)
