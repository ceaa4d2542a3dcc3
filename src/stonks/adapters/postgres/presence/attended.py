"""In which rooms somebody wants to know who comes and goes."""

from collections.abc import Collection, Set
from dataclasses import dataclass

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.work import Reads
from stonks.domain.ids import RoomId

_ATTENDED = "SELECT room_id FROM attended_rooms WHERE room_id = ANY(%(rooms)s::uuid[])"


@dataclass(frozen=True, slots=True)
class PostgresAttended:
    """``Attended``, in one statement."""

    reads: Reads

    def __call__(self, rooms: Collection[RoomId]) -> Set[RoomId]:
        with self.reads.connect() as connection:
            found = rows(connection, _ATTENDED, {"rooms": [str(id_) for id_ in rooms]})
        return {row[0] for row in found}
