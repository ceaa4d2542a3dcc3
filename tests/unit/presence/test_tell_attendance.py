"""Looks at rooms where somebody wants to know, and what is written in their logs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from stonks.adapters.memory.attendance import MemoryAttendance
from stonks.adapters.memory.attended_rooms import AttendedRoom
from stonks.application.presence.tell_attendance import TellAttendance
from stonks.domain.chat.role import Role
from stonks.domain.errors import Unavailable
from stonks.domain.ids import ChannelId, ProfileId, RoomId
from stonks.domain.presence.attendance import FEW, Present
from stonks.entrypoints.container import Container
from tests.contracts.registers import log_of
from tests.contracts.town import SteppingClock, Town


@dataclass(slots=True)
class Doorman:
    """``Attendance`` of what a test says, which notes who asked; away where it says nothing."""

    people: set[ProfileId] | None = None
    asked: list[RoomId] = field(default_factory=list)

    def present(self, room_id: RoomId) -> Present:
        self.asked.append(room_id)
        if self.people is None:
            raise Unavailable("presence_unknown", "nobody knows who is there")
        few = self.people if len(self.people) <= FEW else None
        return Present(len(self.people), few)


@dataclass(slots=True)
class Scene:
    """A room in which somebody wants to know; ten seconds pass from look to look."""

    town: Town
    host: ProfileId = field(init=False)
    channel: ChannelId = field(init=False)
    room: RoomId = field(init=False)
    doorman: Doorman = field(default_factory=Doorman)

    def __post_init__(self) -> None:
        self.host = self.town.person("host")
        self.channel, self.room = self.town.channel("lounge", self.host)
        self.attend(self.room)

    @property
    def tell(self) -> TellAttendance:
        begin = self.town.container.begin_presence()
        return TellAttendance(begin, self.doorman, self.town.clock)  # type: ignore[arg-type]

    def attend(self, room: RoomId) -> None:
        rooms = self.town.container.attended_rooms().rooms
        rooms.put(room, AttendedRoom(room, self.town.clock()))

    def look(self, *people: ProfileId, times: int = 1) -> None:
        self.look_at(people, times=times)

    def look_at(self, people: Iterable[ProfileId], *, times: int = 1) -> None:
        for _ in range(times):
            self.town.clock.pass_(seconds=10)
            self.doorman.people = {*people}
            assert self.tell()
            assert not self.tell()

    def told(self) -> list[str]:
        return [
            f"{entry.seq} {entry.actor.username} {entry.kind}{entry.data.get('count', '')}"
            for entry in log_of(self.town, self.room)
        ]


@pytest.fixture
def scene(memory_container: Container) -> Scene:
    clock = SteppingClock()
    memory_container.now.override(clock)
    return Scene(Town(memory_container, clock))


def test_two_come_and_one_goes(scene: Scene) -> None:
    ada, bob = scene.town.person("ada"), scene.town.person("bob")
    scene.look(ada)
    scene.look(ada, bob, times=3)
    assert scene.told() == ["1 ada member_joined"]
    scene.look(ada, bob)
    scene.look(ada, times=4)
    assert scene.told() == ["1 ada member_joined", "2 bob member_joined", "3 bob member_left"]
    scene.look(ada, times=9)
    assert len(scene.told()) == 3


def test_who_comes_and_goes_within_half_a_minute_is_not_told_of(scene: Scene) -> None:
    ada = scene.town.person("ada")
    for _ in range(5):
        scene.look(ada, times=3)
        scene.look(times=2)
    assert scene.told() == []


def test_the_two_hundred_and_first_makes_a_crowd_that_is_counted(scene: Scene) -> None:
    people = [scene.town.person(f"p{number}") for number in range(FEW + 1)]
    scene.look_at(people[:FEW], times=4)
    assert len(scene.told()) == FEW
    scene.look_at(people, times=9)
    assert scene.told()[FEW:] == ["201 host members_counted201"]
    scene.look_at(people[:2], times=4)
    assert scene.told()[FEW + 1] == "202 host members_counted2"
    assert [entry.actor.profile_id for entry in log_of(scene.town, scene.room)[FEW + 2 :]] == (
        people[2:FEW]
    )


def test_who_is_not_active_any_more_leaves_without_a_name(scene: Scene) -> None:
    ada = scene.town.person("ada")
    scene.look(ada, times=4)
    scene.town.container.deactivate_profile()(actor=ada)
    scene.look(times=4)
    last = log_of(scene.town, scene.room)[-1]
    assert (last.actor.profile_id, last.actor.username, last.actor.role) == (
        ada,
        None,
        Role.MEMBER,
    )
    assert scene.told()[-1] == "2 None member_left"


def test_while_nobody_knows_who_is_there_nobody_is_told_to_have_gone(scene: Scene) -> None:
    ada = scene.town.person("ada")
    scene.look(ada, times=4)
    scene.doorman.people = None
    for _ in range(9):
        scene.town.clock.pass_(seconds=10)
        with pytest.raises(Unavailable):
            scene.tell()
    scene.look(ada, times=9)
    assert scene.told() == ["1 ada member_joined"]


def test_a_room_that_fails_waits_for_its_next_turn_and_holds_up_no_other(scene: Scene) -> None:
    garden = scene.town.channel("garden", scene.host)[1]
    scene.attend(garden)
    for _ in range(2):
        with pytest.raises(Unavailable):
            scene.tell()
    assert not scene.tell()
    assert scene.doorman.asked == [scene.room, garden]


def test_where_the_host_is_not_active_nobody_is_even_looked_for(scene: Scene) -> None:
    scene.town.container.deactivate_profile()(actor=scene.host)
    scene.look(scene.town.person("ada"), times=9)
    assert scene.doorman.asked == []
    assert log_of(scene.town, scene.room) == []


def test_in_a_suspended_channel_it_is_told_all_the_same(scene: Scene) -> None:
    staff = scene.town.person("susan", is_staff=True)
    suspend = scene.town.container.suspend_channel()
    suspend(actor=staff, channel_id=scene.channel, reason="a test")
    scene.look(staff, times=4)
    assert scene.told()[-1] == "2 susan member_joined"


def test_who_looks_too_slowly_tells_nothing(scene: Scene) -> None:
    ada = scene.town.person("ada")
    scene.look(ada, times=3)
    scene.town.clock.pass_(seconds=10)

    class Slow(Doorman):
        def present(self, room_id: RoomId) -> Present:
            scene.look(ada)  # another has the next turn meanwhile, and tells
            return Present(1, {ada})

    slow = TellAttendance(
        scene.town.container.begin_presence(),
        Slow(),
        scene.town.clock,  # type: ignore[arg-type]
    )
    assert slow()
    scene.look(ada, times=9)
    assert scene.told() == ["1 ada member_joined"]


def test_it_is_a_job_of_its_own(scene: Scene) -> None:
    ada, box = scene.town.person("ada"), scene.town.container
    attendance = box.attendance()
    assert isinstance(attendance, MemoryAttendance)
    job = box.jobs()["attendance"]
    for _ in range(4):
        scene.town.clock.pass_(seconds=10)
        attendance.beat({scene.room: {ada}})
        assert job()
        assert not job()
    assert scene.told() == ["1 ada member_joined"]
