"""What every ``Announce`` promises."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from stonks.application.chat.ports import Announce
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.ids import ProfileId, RoomId
from tests.contracts.bus import OTHER, ROOM, eventually

ADA = Actor(ProfileId(uuid4()), "ada", Role.HOST)
AT = datetime(2026, 1, 1, 12, 30, 1, 987000, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heard:
    """What one process heard: the ``seq`` of entries by room, and rooms that are gone."""

    entries: Mapping[RoomId, Sequence[int]]
    closed: Sequence[RoomId]


@dataclass(frozen=True, slots=True)
class Announced:
    """What is tested, and what processes that follow ``ROOM`` and ``OTHER`` heard until now."""

    announce: Announce
    heard: Callable[[], Sequence[Heard]]

    def is_heard_by_all(self, expected: Heard) -> bool:
        assert self.heard()
        return eventually(lambda: all(heard == expected for heard in self.heard()))


def entry(room_id: RoomId, seq: int) -> Entry:
    return Entry(room_id, seq, AT, EntryKind.MESSAGE, ADA, {"text": f"number {seq}"}, f"n{seq}")


class AnnounceContract:
    """Inherited with fixtures ``announced``, and ``unheard``, to which nobody listens."""

    def test_every_process_hears_the_entries_of_each_room_in_order(
        self, announced: Announced
    ) -> None:
        announced.announce([entry(ROOM, 1), entry(OTHER, 7), entry(ROOM, 2)])
        announced.announce([entry(ROOM, 3)])
        assert announced.is_heard_by_all(Heard({ROOM: [1, 2, 3], OTHER: [7]}, []))

    def test_every_process_hears_that_a_room_is_gone(self, announced: Announced) -> None:
        announced.announce([entry(ROOM, 1)])
        announced.announce.closed(OTHER)
        assert announced.is_heard_by_all(Heard({ROOM: [1]}, [OTHER]))

    def test_where_nothing_happened_nothing_is_heard(self, announced: Announced) -> None:
        announced.announce([])
        announced.announce([entry(ROOM, 1)])
        assert announced.is_heard_by_all(Heard({ROOM: [1]}, []))

    def test_what_nobody_hears_is_no_error(self, unheard: Announce) -> None:
        unheard([entry(ROOM, 1)])
        unheard.closed(ROOM)
