"""What every store promises of who comes and goes, and of telling it."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Barrier

import pytest

from stonks.adapters.clock import new_id
from stonks.application.chat.post_messages import Draft
from stonks.application.presence.ports import PresenceWork, Turn
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.errors import Conflict
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import LOOKS_EVERY, Attendee, Look, Register
from tests.contracts.town import Town

Attend = Callable[[RoomId], None]
"""Somebody wants to know who comes and goes there; it is due at once."""
LetPass = Callable[[float], None]
"""So many seconds, for the store."""


@contextmanager
def work_of(town: Town) -> Iterator[PresenceWork]:
    with town.container.begin_presence()() as work:
        yield work


def take(town: Town) -> Turn | None:
    with work_of(town) as work:
        return work.registers.take(LOOKS_EVERY)


def taken(town: Town) -> Turn:
    turn = take(town)
    assert turn is not None
    return turn


def keep(town: Town, turn: Turn, register: Register) -> bool:
    with work_of(town) as work:
        return work.registers.keep(turn, register)


def log_of(town: Town, room: RoomId) -> list[Entry]:
    return [view.entry for view in town.container.chat_reads().after(room, 0, 1000)]


class RegistersContract:
    """Inherited with fixtures ``town``, ``attend`` and ``let_pass``."""

    @pytest.fixture
    def host(self, town: Town) -> ProfileId:
        return town.person("host")

    @pytest.fixture
    def room(self, town: Town, host: ProfileId) -> RoomId:
        return town.channel("lounge", host)[1]

    def test_every_field_of_what_is_known_comes_back(
        self, town: Town, room: RoomId, attend: Attend, let_pass: LetPass
    ) -> None:
        attend(room)
        turn = taken(town)
        assert (turn.room_id, turn.register) == (room, Register())
        told, coming, going = (town.person(name) for name in ("told", "coming", "going"))
        attendees = {
            told: Attendee(is_told=True),
            coming: Attendee(is_told=False, since=town.clock()),
            going: Attendee(is_told=True, since=town.clock()),
        }
        known = Register(attendees, counted=201, counted_at=town.clock())
        assert keep(town, turn, known)
        let_pass(10)
        again = taken(town)
        assert again.register == known
        changed = Register({going: Attendee(is_told=True), told: Attendee(is_told=True)})
        assert keep(town, again, changed)
        let_pass(10)
        assert taken(town).register == changed

    def test_a_room_is_due_every_ten_seconds_and_the_one_that_waits_longest_is_first(
        self, town: Town, host: ProfileId, room: RoomId, attend: Attend, let_pass: LetPass
    ) -> None:
        assert take(town) is None
        attend(room)
        let_pass(1)
        garden = town.channel("garden", host)[1]
        attend(garden)
        assert [taken(town).room_id, taken(town).room_id] == [room, garden]
        assert take(town) is None
        let_pass(5)
        assert take(town) is None
        let_pass(5)
        assert [taken(town).room_id, taken(town).room_id] == [room, garden]

    def test_of_many_who_want_a_turn_one_gets_it(
        self, town: Town, room: RoomId, attend: Attend
    ) -> None:
        attend(room)
        start = Barrier(8)

        def try_it(_: int) -> bool:
            start.wait(10)
            return take(town) is not None

        with ThreadPoolExecutor(8) as threads:
            assert sum(threads.map(try_it, range(8))) == 1

    def test_a_turn_that_is_over_changes_nothing(
        self, town: Town, host: ProfileId, room: RoomId, attend: Attend, let_pass: LetPass
    ) -> None:
        attend(room)
        slow = taken(town)
        let_pass(10)
        quick = taken(town)
        assert keep(town, quick, Register({host: Attendee(is_told=True)}))
        assert not keep(town, slow, Register(counted=300, counted_at=town.clock()))
        let_pass(10)
        assert taken(town).register == Register({host: Attendee(is_told=True)})

    def test_what_is_rolled_back_is_neither_known_nor_told(
        self, town: Town, host: ProfileId, room: RoomId, attend: Attend, let_pass: LetPass
    ) -> None:
        attend(room)
        turn = taken(town)
        known = Register({host: Attendee(is_told=True)})
        with pytest.raises(Conflict), work_of(town) as work:  # noqa: PT012
            assert work.logs.hold(room)
            assert work.registers.keep(turn, known)
            work.logs.tell(room, Look(known, joined=[host]), town.clock())
            raise Conflict("a_test", "goes wrong")
        assert log_of(town, room) == []
        let_pass(10)
        assert taken(town).register == Register()

    def test_who_left_stonks_is_not_kept(
        self, town: Town, room: RoomId, attend: Attend, let_pass: LetPass
    ) -> None:
        attend(room)
        here, nobody = town.person("here"), ProfileId(new_id())
        known = Register({here: Attendee(is_told=True), nobody: Attendee(is_told=True)})
        assert keep(town, taken(town), known)
        let_pass(10)
        assert taken(town).register == Register({here: Attendee(is_told=True)})

    def test_of_a_channel_that_is_gone_nothing_is_known(
        self, town: Town, host: ProfileId, attend: Attend
    ) -> None:
        channel, room = town.channel("short", host)
        attend(room)
        turn = taken(town)
        town.container.delete_channel()(actor=host, channel_id=channel)
        assert not keep(town, turn, Register({host: Attendee(is_told=True)}))
        with work_of(town) as work:
            assert not work.logs.hold(room)

    def test_where_the_host_is_not_active_nothing_is_told(
        self, town: Town, room: RoomId, host: ProfileId, attend: Attend
    ) -> None:
        attend(room)
        town.container.deactivate_profile()(actor=host)
        assert taken(town).register is None
        assert take(town) is None
        with work_of(town) as work:
            assert not work.logs.hold(room)

    def test_rooms_are_known_to_be_attended(
        self, town: Town, host: ProfileId, room: RoomId, attend: Attend
    ) -> None:
        other = town.channel("garden", host)[1]
        attend(room)
        attended = town.container.attended()
        assert attended([room, other, RoomId(new_id())]) == {room}
        assert attended([other]) == set()
        assert attended([]) == set()

    def test_who_comes_and_goes_is_in_the_log_with_name_and_role(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        fan, away = town.person("fan"), town.person("away")
        town.container.deactivate_profile()(actor=away)
        look = Look(Register(), left=[away], joined=[host, fan], count=214)
        with work_of(town) as work:
            assert work.logs.hold(room)
            work.logs.tell(room, look, town.clock())
        told = log_of(town, room)
        assert [entry.seq for entry in told] == [1, 2, 3, 4]
        assert [
            (entry.kind, entry.actor.profile_id, entry.actor.username, entry.actor.role, entry.data)
            for entry in told
        ] == [
            (EntryKind.MEMBER_LEFT, away, None, Role.MEMBER, {}),
            (EntryKind.MEMBER_JOINED, host, "host", Role.HOST, {}),
            (EntryKind.MEMBER_JOINED, fan, "fan", Role.MEMBER, {}),
            (EntryKind.MEMBERS_COUNTED, host, "host", Role.HOST, {"count": 214}),
        ]
        assert {entry.at for entry in told} == {town.clock()}

    def test_it_follows_on_what_was_said(self, town: Town, host: ProfileId, room: RoomId) -> None:
        for number in range(2):
            draft = Draft.written(room, host, f"{number}", None)
            town.container.post_messages()(drafts=[draft])
            with work_of(town) as work:
                assert work.logs.hold(room)
                work.logs.tell(room, Look(Register(), joined=[host]), town.clock())
        assert [entry.seq for entry in log_of(town, room)] == [1, 2, 3, 4]
