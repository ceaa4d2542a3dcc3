"""What every store of the chat promises, beyond the rules that it serves."""

from dataclasses import replace
from datetime import timedelta

import pytest

from stonks.application.chat.ports import ChatWork, Hidden
from stonks.application.chat.post_messages import Draft, Outcome, Posted
from stonks.domain.chat.entry import Actor, Entry, EntryKind
from stonks.domain.chat.role import Role
from stonks.domain.chat.room import Room, RoomKind, Stage
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.ids import ProfileId, RoomId
from tests.contracts.town import Town, code_of


def held(work: ChatWork, room_id: RoomId) -> Room:
    """The room, locked."""
    work.rooms.lock([room_id])
    return work.rooms.peek([room_id])[room_id]


class ChatStoreContract:
    """Inherited with a fixture ``town``."""

    @pytest.fixture
    def host(self, town: Town) -> ProfileId:
        return town.person("host", is_staff=True)

    @pytest.fixture
    def room(self, town: Town, host: ProfileId) -> RoomId:
        return town.channel("lounge", host)[1]

    def test_an_entry_comes_back_with_every_field(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        actor = Actor(host, "host", Role.SUPERADMIN)
        data = {"text": "Zürich 🎈 \\ \" '\n;--", "list": [1, None, {"a": True}]}
        entry = Entry(room, 1, town.clock(), EntryKind.MESSAGE, actor, data, "a nonce")
        with town.container.begin_chat()() as work:
            work.rooms.lock([room])
            work.log.append([entry])
            work.log.hide(room, 1, Hidden.CLEARED)
        (view,) = town.container.chat_reads().after(room, 0, 10)
        assert view.entry == entry
        assert view.hidden is Hidden.CLEARED
        with town.container.begin_chat()() as work:
            key = (room, host, "a nonce")
            assert work.log.by_nonce([key, (room, host, "another")]) == {key: entry}

    def test_a_room_comes_back_with_every_field(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        with town.container.begin_chat()() as work:
            changed = held(work, room)
            changed.slow, changed.followers = timedelta(seconds=30), timedelta(minutes=10)
            changed.pinned = 7
            work.rooms.save(changed)
        with town.container.begin_chat()() as work:
            kept = work.rooms.peek([room])[room]
        channel_id = kept.stage.channel_id
        stage = Stage(channel_id, "lounge", host, is_suspended=False)
        slow, followers = timedelta(seconds=30), timedelta(minutes=10)
        assert kept == Room(room, RoomKind.LIVE, stage, 0, slow, followers, 7)

    @pytest.mark.parametrize("kind", SanctionKind)
    def test_a_sanction_comes_back_with_every_field(
        self, town: Town, host: ProfileId, room: RoomId, kind: SanctionKind
    ) -> None:
        bob, at = town.person("bob"), town.clock()
        first = Sanction(room, bob, kind, host, at)
        later = replace(first, until=at + timedelta(hours=1), reason="why not")
        with town.container.begin_chat()() as work:
            work.sanctions.put(first)
            work.sanctions.put(later)
        with town.container.begin_chat()() as work:
            person = work.participants.of([(room, bob)])[room, bob]
        assert later in (person.mute, person.ban)
        reads = town.container.chat_reads()
        (view,) = reads.sanctions(room, at, None, 10)
        assert (view.sanction, view.username, view.by_username) == (later, "bob", "host")
        assert reads.sanctions(room, at, (bob, kind), 10) == []
        assert reads.sanctions(room, at + timedelta(hours=1), None, 10) == []
        with town.container.begin_chat()() as work:
            assert work.sanctions.lift(room, bob, kind)
            assert not work.sanctions.lift(room, bob, kind)

    def test_somebody_is_read_in_many_rooms_at_once(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        bob, at, reads = town.person("bob"), town.clock(), town.container.chat_reads()
        own, plain = town.channel("bobs-own", bob)[1], town.channel("plain", host)[1]
        with town.container.begin_chat()() as work:
            work.sanctions.put(Sanction(room, bob, SanctionKind.BAN, host, at))
        rooms = [room, own, plain]
        found = reads.participants([*rooms, RoomId(host)], bob)
        assert found == {room_id: reads.participant(room_id, bob) for room_id in rooms}
        roles = {room: Role.MEMBER, own: Role.HOST, plain: Role.MEMBER}
        assert {room_id: person.role for room_id, person in found.items()} == roles
        assert [room_id for room_id, person in found.items() if person.is_banned(at)] == [room]
        assert reads.participants([], bob) == {}
        assert reads.participants(rooms, ProfileId(room)) == {}

    def test_what_raises_is_undone(self, town: Town, host: ProfileId, room: RoomId) -> None:
        def append_and_fail() -> None:
            with town.container.begin_chat()() as work:
                found = held(work, room)
                person = work.participants.of([(room, host)])[room, host]
                work.log.append([found.record(EntryKind.MESSAGE, by=person, at=town.clock())])
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            append_and_fail()
        assert town.container.chat_reads().after(room, 0, 10) == []
        assert town.container.chat_reads().positions([room]) == {room: 0}

    def test_the_log_is_read_in_pieces_from_both_ends(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        with town.container.begin_chat()() as work:
            found = held(work, room)
            person = work.participants.of([(room, host)])[room, host]
            work.log.append(
                [found.record(EntryKind.MESSAGE, by=person, at=town.clock()) for _ in range(9)]
            )
        reads = town.container.chat_reads()
        assert [view.entry.seq for view in reads.after(room, 4, 3)] == [5, 6, 7]
        assert [view.entry.seq for view in reads.before(room, None, 3)] == [7, 8, 9]
        assert [view.entry.seq for view in reads.before(room, 7, 3)] == [4, 5, 6]
        assert reads.positions([room, RoomId(host)]) == {room: 9}
        assert reads.room_of("LOUNGE") == room
        assert reads.room_of("nowhere") is None

    def test_the_room_of_a_host_who_left_is_not_found(self, town: Town) -> None:
        _, room = town.channel("empty-house", town.person("gone"))
        assert town.container.chat_reads().room_of("empty-house") == room
        with town.container.begin_identity()() as work:
            profile = work.profiles.lock_named("gone")
            profile.deactivate(at=town.clock())
            work.profiles.save(profile)
        assert town.container.chat_reads().room_of("empty-house") is None

    def test_the_room_of_a_host_is_gone_while_the_host_is(
        self, town: Town, host: ProfileId, room: RoomId
    ) -> None:
        bob, reads = town.person("bob"), town.container.chat_reads()

        def post(text: str) -> Outcome:
            (outcome,) = town.container.post_messages()(drafts=[Draft(room, bob, text)])
            return outcome

        assert isinstance(post("hello"), Posted)
        _set_active(town, host, is_active=False)
        assert code_of(post("still there?")) == "unknown_room"
        assert (reads.room(room), reads.positions([room])) == (None, {})
        with town.container.begin_chat()() as work:
            assert work.rooms.peek([room]) == {}
        _set_active(town, host, is_active=True)
        assert reads.positions([room]) == {room: 1}
        assert reads.room(room) is not None
        assert isinstance(post("welcome back"), Posted)


def _set_active(town: Town, profile_id: ProfileId, *, is_active: bool) -> None:
    with town.container.begin_identity()() as work:
        profile = work.profiles.lock(profile_id)
        profile.active = is_active
        work.profiles.save(profile)
