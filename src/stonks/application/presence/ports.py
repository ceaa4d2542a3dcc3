"""What presence needs: one memory of who is where, for all processes."""

from collections.abc import Collection, Mapping, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Look, Present, Register


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


class Attended(Protocol):
    def __call__(self, rooms: Collection[RoomId]) -> Set[RoomId]:
        """Those in which somebody wants to know who comes and goes."""


class Attendance(Protocol):
    """Who follows such rooms, on whichever process."""

    def beat(self, rooms: Mapping[RoomId, Set[ProfileId]]) -> None:
        """These people follow these rooms on this process; each is believed for 15 s.

        No room is worth saying, too: that this process can be asked. Never raises.
        """

    def present(self, room_id: RoomId) -> Present:
        """How many follow a room, and who where they are few.

        Raises ``Unavailable`` (``presence_unknown``) where no process has said who is there, or
        what they said was lost and not all may have said it again.
        """


@dataclass(frozen=True, slots=True)
class Turn:
    """The right to look at a room once, until it is due again, at ``due_at``.

    ``register`` is None where the room's HOST is not active, and nothing may happen in it.
    """

    room_id: RoomId
    due_at: datetime
    register: Register | None


class Registers(Protocol):
    """What is known of rooms in which somebody wants to know who comes and goes."""

    def take(self, again: timedelta) -> Turn | None:
        """The room that is due longest, which is due again after so long, on the store's clock.

        None where none is due. Of several callers each gets another.
        """

    def keep(self, turn: Turn, register: Register) -> bool:
        """Know this from now on; false, and nothing is kept, where the turn is over.

        Held until the unit of work ends. Who has left Stonks is not kept.
        """


class RoomLogs(Protocol):
    """Answered by chat: where it is told. Followers hear of it once the unit of work commits."""

    def hold(self, room_id: RoomId) -> bool:
        """Be the only one who writes there until the unit of work ends.

        False where nothing may be written: the room is gone, or its HOST is not active.
        """

    def tell(self, room_id: RoomId, look: Look, at: datetime) -> None:
        """Write down who left, who joined and how many there are, in a room that is held."""


class PresenceWork(Protocol):
    """One unit of work of presence; of a room that is both, its log is held first."""

    @property
    def registers(self) -> Registers: ...
    @property
    def logs(self) -> RoomLogs: ...
