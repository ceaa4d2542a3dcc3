"""Who follows which room, in memory; processes are told apart by name."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from stonks.application.ports import Clock
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import FEW, Present
from stonks.domain.presence.beat import LASTS


@dataclass(slots=True)
class Said:
    """When each process was last heard of, and when each person was last seen in a room."""

    processes: dict[str, datetime] = field(default_factory=dict)
    rooms: dict[RoomId, dict[ProfileId, datetime]] = field(default_factory=dict)


@dataclass(slots=True)
class MemoryAttendance:
    """``Attendance`` of one process; those that share ``said`` see each other."""

    now: Clock
    process: str = "this"
    said: Said = field(default_factory=Said)

    def beat(self, rooms: Mapping[RoomId, Set[ProfileId]]) -> None:
        at = self.now()
        self.said.processes[self.process] = at
        for room_id, people in rooms.items():
            seen = {**self.said.rooms.get(room_id, {}), **dict.fromkeys(people, at)}
            self.said.rooms[room_id] = {id_: at for id_, at in seen.items() if self._is_recent(at)}

    def present(self, room_id: RoomId) -> Present:
        if not any(self._is_recent(at) for at in self.said.processes.values()):
            raise Unavailable("presence_unknown", "nobody knows who is there")
        seen = self.said.rooms.get(room_id, {})
        people = {id_ for id_, at in seen.items() if self._is_recent(at)}
        return Present(len(people), people if len(people) <= FEW else None)

    def _is_recent(self, at: datetime) -> bool:
        return self.now() - at < timedelta(seconds=LASTS)
