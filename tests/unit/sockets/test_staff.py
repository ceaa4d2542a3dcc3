"""Staff come and go while they are connected."""

from collections.abc import Iterator

import pytest

from stonks.adapters.memory.chat.reads import MemoryChatReads
from stonks.domain.errors import Unavailable
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from tests.unit.sockets.peer import Peer
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    theatre.person("ada")
    theatre.person("bob")
    theatre.person("root", is_staff=True)
    yield theatre
    theatre.close()


@pytest.fixture
def room(theatre: Theatre) -> RoomId:
    return theatre.town.channel("garden", theatre.people["ada"].profile_id)[1]


def at_home(theatre: Theatre, name: str, room: RoomId, on: int = 0) -> Peer:
    peer = theatre.connect(home=room, ticket_of=name, on=on)
    assert peer.sees(lambda it: it.got("subscribed"))
    return peer


def suspend(peer: Peer, room: RoomId) -> None:
    peer.say(type="send", room=str(room), text="/suspend", nonce="s")
    assert peer.sees(lambda it: it.got("result")), peer.said
    assert peer.sees(lambda it: it.got("entry")), peer.said


def lose_notices(theatre: Theatre) -> None:
    theatre.container.exchange().ends.clear()


def look_again(theatre: Theatre) -> None:
    for hub in theatre.hubs:
        hub._sweeps.sessions()


@pytest.mark.parametrize("is_told", [True, False])
def test_who_became_staff_while_connected_stays_in_what_they_suspend(
    theatre: Theatre, room: RoomId, is_told: bool
) -> None:
    bob, elsewhere = at_home(theatre, "bob", room), at_home(theatre, "bob", room, on=1)
    ada = at_home(theatre, "ada", room)
    ends = [*theatre.container.exchange().ends]
    if not is_told:
        lose_notices(theatre)
    assert theatre.container.grant_staff()(username="bob", by="a test")
    theatre.container.exchange().ends[:] = ends
    if not is_told:
        look_again(theatre)
    suspend(bob, room)
    assert ada.is_closed_with(4010)
    assert elsewhere.sees(lambda it: it.got("entry"))
    for peer in (bob, elsewhere):
        assert not peer.sees(lambda it: it.close_code or it.got("unsubscribed"), 0.05)


@pytest.mark.parametrize("is_told", [True, False])
@pytest.mark.parametrize("on", [0, 1])
def test_who_is_staff_no_more_is_put_out_of_suspended_rooms(
    theatre: Theatre, room: RoomId, on: int, is_told: bool
) -> None:
    _, open_room = theatre.town.channel("meadow", theatre.people["ada"].profile_id)
    root, home = theatre.enter("root", room, on=on), at_home(theatre, "root", room, on=on)
    root.say(type="subscribe", room=str(open_room))
    assert root.sees(lambda it: len(it.got("subscribed")) == 2)
    suspend(root, room)
    if not is_told:
        lose_notices(theatre)
    assert theatre.container.revoke_staff()(username="root", by="a test")
    if not is_told:
        assert not home.sees(lambda it: it.close_code, 0.05)
        look_again(theatre)
    assert home.is_closed_with(4010)
    assert root.sees(lambda it: it.got("unsubscribed"))
    assert [frame["room"] for frame in root.got("unsubscribed")] == [str(room)]
    assert root.got("error")[0]["code"] == "channel_suspended"
    assert root.close_code is None


def test_whose_rooms_cannot_be_asked_for_is_sent_away(
    theatre: Theatre, room: RoomId, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise Unavailable("database_unavailable", "try again in a moment")

    root = theatre.enter("root", room)
    suspend(root, room)
    monkeypatch.setattr(MemoryChatReads, "room", fail)
    theatre.container.revoke_staff()(username="root", by="a test")
    assert root.is_closed_with(1011)
