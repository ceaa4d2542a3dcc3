"""What presence needs: one memory of who is where, for all processes."""

from collections.abc import Collection, Mapping
from typing import Protocol

from stonks.domain.ids import RoomId


class Presence(Protocol):
    """How many connections watch each room. Best-effort: never raises."""

    def beat(self, counts: Mapping[RoomId, int]) -> None:
        """This process's connections in each of its rooms; counts for 15 s, then it is gone.

        Replaces what this process said of these rooms before; 0 takes it away.
        """

    def viewers(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        """The sum over all processes; a room where nobody is counts 0."""
