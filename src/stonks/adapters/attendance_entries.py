"""How who comes and goes reads in a room's log."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from stonks.application.chat.ports import Writer
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.chat.room import Room
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Look

_Happened = tuple[EntryKind, ProfileId, Mapping[str, object]]


def people_of(look: Look, room: Room) -> Collection[Writer]:
    """Who is named: by a count the HOST, since nobody in particular did it."""
    people = {*look.left, *look.joined, room.stage.host_id}
    return [(room.id, person) for person in sorted(people)]


def entries_of(
    look: Look, room: Room, at: datetime, found: Mapping[Writer, Participant]
) -> Sequence[Entry]:
    """The room's next entries; the room is locked. Who is not active any more has no name."""
    return [
        Entry(room.id, seq, at, kind, _actor(room.id, person, found), data)
        for seq, (kind, person, data) in enumerate(_happened(look, room), room.last_seq + 1)
    ]


def _happened(look: Look, room: Room) -> Iterator[_Happened]:
    yield from _each(EntryKind.MEMBER_LEFT, look.left)
    yield from _each(EntryKind.MEMBER_JOINED, look.joined)
    if look.count is not None:
        yield EntryKind.MEMBERS_COUNTED, room.stage.host_id, {"count": look.count}


def _each(kind: EntryKind, people: Iterable[ProfileId]) -> Iterator[_Happened]:
    return ((kind, person, {}) for person in people)


def _actor(room_id: RoomId, person: ProfileId, found: Mapping[Writer, Participant]) -> Actor:
    participant = found.get((room_id, person))
    if participant is None:
        return Actor(person, None, Role.MEMBER)
    return Actor(person, participant.username, participant.role)
