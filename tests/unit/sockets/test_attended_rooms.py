"""Who follows a room is said where somebody wants to know who comes and goes, and nowhere else."""

from collections.abc import Collection, Iterator, Mapping, Set
from dataclasses import dataclass, field, replace

import pytest

from stonks.adapters.memory.attended_rooms import AttendedRoom
from stonks.application.presence.ports import Attendance, Attended
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Present
from stonks.entrypoints.container import Container
from stonks.entrypoints.sockets.hub import Hub
from tests.contracts.town import SteppingClock
from tests.unit.sockets.peer import Peer, eventually
from tests.unit.sockets.theatre import Theatre


@dataclass(slots=True)
class Asked:
    """``Attended`` and ``Attendance`` that note what they are asked, and told."""

    rooms: Attended
    attendance: Attendance
    is_away: bool = False
    asked: list[set[RoomId]] = field(default_factory=list)
    beats: list[Mapping[RoomId, Set[ProfileId]]] = field(default_factory=list)

    def __call__(self, rooms: Collection[RoomId]) -> Set[RoomId]:
        self.asked.append({*rooms})
        if self.is_away:
            raise Unavailable("database_unavailable", "is away")
        return self.rooms(rooms)

    def beat(self, rooms: Mapping[RoomId, Set[ProfileId]]) -> None:
        self.beats.append(rooms)
        self.attendance.beat(rooms)


@dataclass(slots=True)
class House:
    """A theatre with an attended room, and another."""

    theatre: Theatre
    lounge: RoomId
    garden: RoomId

    def say(self) -> None:
        """As each process does by itself every five seconds."""
        for hub in self.theatre.hubs:
            hub._sweeps.attendance()

    def reader(self, *, on: int = 0) -> Peer:
        """In the attended room, and nobody."""
        peer = self.theatre.connect(home=self.lounge, on=on)
        assert peer.sees(lambda it: it.got("subscribed"))
        return peer

    def present(self, room: RoomId) -> set[str]:
        people = self.theatre.container.attendance().present(room).people
        names = {person.profile_id: name for name, person in self.theatre.people.items()}
        return {names[id_] for id_ in people or ()}

    def watch(self, hub: Hub) -> Asked:
        sweeps = hub._sweeps
        asked = Asked(sweeps._deps.attended, sweeps._deps.attendance)
        sweeps._deps = replace(sweeps._deps, attended=asked, attendance=asked)  # type: ignore[arg-type]
        return asked


@pytest.fixture
def house(memory_container: Container) -> Iterator[House]:
    memory_container.now.override(SteppingClock())
    theatre = Theatre(memory_container)
    host = theatre.person("host")
    for name in ("ada", "bob", "cy"):
        theatre.person(name)
    lounge, garden = (theatre.town.channel(slug, host)[1] for slug in ("lounge", "garden"))
    row = AttendedRoom(lounge, theatre.town.clock())
    memory_container.attended_rooms().rooms.put(lounge, row)
    yield House(theatre, lounge, garden)
    theatre.close()


def test_who_is_signed_in_and_follows_an_attended_room_is_present_on_every_process(
    house: House,
) -> None:
    theatre = house.theatre
    theatre.enter("ada", house.lounge)
    theatre.enter("ada", house.lounge, on=1)
    theatre.enter("bob", house.lounge, on=1)
    theatre.enter("cy", house.garden)
    house.reader()
    house.say()
    assert house.present(house.lounge) == {"ada", "bob"}
    assert theatre.container.attendance().present(house.garden) == Present(0, set())


def test_who_unsubscribed_or_hung_up_is_not_said_again(house: House) -> None:
    theatre, asked = house.theatre, house.watch(house.theatre.hubs[0])
    leaving, closing = theatre.enter("ada", house.lounge), theatre.enter("bob", house.lounge)
    theatre.enter("cy", house.lounge)
    house.say()
    leaving.say(type="unsubscribe", room=str(house.lounge))
    assert leaving.sees(lambda it: it.got("unsubscribed"))
    closing.sock.close()
    assert eventually(lambda: theatre.hubs[0].size == 2)
    house.say()
    ids = {name: person.profile_id for name, person in theatre.people.items()}
    assert asked.beats == [
        {house.lounge: {ids["ada"], ids["bob"], ids["cy"]}},
        {house.lounge: {ids["cy"]}},
    ]


def test_where_nobody_is_signed_in_the_store_is_not_asked_but_the_process_can_be(
    house: House,
) -> None:
    asked = house.watch(house.theatre.hubs[0])
    house.reader()
    house.say()
    assert (asked.asked, asked.beats) == ([], [{}])
    house.theatre.enter("ada", house.garden)
    house.say()
    assert asked.asked == [{house.lounge, house.garden}]
    assert asked.beats == [{}, {}]


def test_while_the_store_is_away_who_is_here_is_said_where_it_was_wanted_before(
    house: House,
) -> None:
    asked = house.watch(house.theatre.hubs[0])
    house.theatre.enter("ada", house.lounge)
    house.say()
    asked.is_away = True
    house.theatre.enter("bob", house.lounge)
    with pytest.raises(Unavailable):
        house.say()
    assert house.present(house.lounge) == {"ada", "bob"}


def test_who_has_come_is_told_to_everybody_in_the_room(house: House) -> None:
    theatre, tell = house.theatre, house.theatre.container.tell_attendance()
    here, there = theatre.enter("ada", house.lounge), house.reader(on=1)
    for _ in range(4):
        theatre.town.clock.pass_(seconds=10)
        house.say()
        assert tell()
    for peer in (here, there):
        assert peer.sees(lambda it: it.got("entry"))
        (entry,) = peer.got("entry")
        assert (entry["seq"], entry["kind"], entry["data"]) == (1, "member_joined", {})
        assert (entry["actor"]["username"], entry["actor"]["role"]) == ("ada", "member")
