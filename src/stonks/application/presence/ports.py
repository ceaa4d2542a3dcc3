"""What presence needs: one memory of who is where, for all processes."""

from collections.abc import Collection, Mapping, Set
from typing import Protocol

from stonks.domain.ids import ProfileId, RoomId


class Presence(Protocol):
    """How many connections watch each room. Best-effort: never raises."""

    def beat(self, counts: Mapping[RoomId, int]) -> None:
        """This process's connections in each of its rooms; counts for 15 s, then it is gone.

        Replaces what this process said of these rooms before; 0 takes it away.
        """

    def viewers(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        """The sum over all processes; a room where nobody is counts 0."""


class PeopleOnline(Protocol):
    """Who has a socket open, on whichever process."""

    def beat(self, people: Set[ProfileId]) -> None:
        """These people, and no others, are connected to this process; believed for 15 s.

        Nobody is worth saying, too: that this process can be asked. Never raises.
        """

    def online(self, people: Collection[ProfileId]) -> Set[ProfileId]:
        """Those of them who are connected somewhere; thousands cost hardly more than one.

        Raises ``Unavailable`` (``presence_unknown``) where no process has said who is there, or
        what they said was lost and not all may have said it again.
        """
