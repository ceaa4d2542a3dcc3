"""Presence in memory; processes are told apart by name."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.application.ports import Clock
from stonks.domain.ids import RoomId
from stonks.domain.presence.beat import LASTS

Counted = tuple[int, datetime]


@dataclass(slots=True)
class MemoryPresence:
    """``Presence`` of one process; those that share ``seen`` see each other."""

    now: Clock
    process: str = "this"
    seen: dict[tuple[RoomId, str], Counted] = field(default_factory=dict)

    def beat(self, counts: Mapping[RoomId, int]) -> None:
        for room_id, count in counts.items():
            if count:
                self.seen[room_id, self.process] = (count, self.now())
            else:
                self.seen.pop((room_id, self.process), None)

    def viewers(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        found = dict.fromkeys(rooms, 0)
        oldest = self.now() - timedelta(seconds=LASTS)
        for (room_id, _), (count, at) in self.seen.items():
            if room_id in found and at > oldest:
                found[room_id] += count
        return found
