"""One person doing something in one room."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from stonks.application.chat.ports import ChatWork
from stonks.domain.chat.entry import EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.room import Room
from stonks.domain.errors import Forbidden, NotFound
from stonks.domain.ids import ProfileId, RoomId


@dataclass(frozen=True, slots=True)
class Scene:
    """A locked room, the person who acts in it, and the time."""

    work: ChatWork
    room: Room
    actor: Participant
    at: datetime

    def record(self, kind: EntryKind, data: Mapping[str, object]) -> None:
        """Append to the room's log what the actor did."""
        entry = self.room.record(kind, by=self.actor, at=self.at, data=data)
        self.work.log.append([entry])

    def target(self, username: str) -> Participant:
        """The person of this name; raises unless the actor ranks higher."""
        person = self.work.participants.named(self.room.id, username)
        self.actor.must_outrank(person)
        return person


def enter(work: ChatWork, room_id: RoomId, profile_id: ProfileId, at: datetime) -> Scene:
    """Lock the room for what ``profile_id`` is about to do in it.

    Raises ``NotFound`` (``unknown_room``) and ``Forbidden`` (``profile_inactive``).
    """
    work.rooms.lock([room_id])
    room = work.rooms.peek([room_id]).get(room_id)
    if room is None:
        raise NotFound("unknown_room", "there is no such room")
    writer = (room_id, profile_id)
    person = work.participants.of([writer]).get(writer)
    if person is None:
        raise Forbidden("profile_inactive", "this profile is not active")
    return Scene(work, room, person, at)
