"""A HOST who leaves takes the room along."""

from collections.abc import Iterator

import pytest

from stonks.entrypoints.container import Container
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    for name in ("ada", "bob", "eve"):
        theatre.person(name)
    yield theatre
    theatre.close()


@pytest.mark.parametrize("is_told", [True, False])
def test_the_room_of_a_host_who_left_loses_its_followers(theatre: Theatre, is_told: bool) -> None:
    ada, eve = (theatre.people[name].profile_id for name in ("ada", "eve"))
    (_, room), (_, other) = theatre.town.channel("garden", ada), theatre.town.channel("meadow", eve)
    bob, at_home = theatre.enter("bob", room, on=1), theatre.connect(home=room)
    bob.say(type="subscribe", room=str(other))
    assert bob.sees(lambda it: len(it.got("subscribed")) == 2)
    assert at_home.sees(lambda it: it.got("subscribed"))
    if not is_told:
        theatre.container.exchange().ends.clear()
    theatre.container.deactivate_profile()(actor=ada)
    if not is_told:
        assert not at_home.sees(lambda it: it.close_code, 0.05)
        for hub in theatre.hubs:
            hub._sweeps.positions()
    assert at_home.is_closed_with(1000)
    assert bob.sees(lambda it: it.got("unsubscribed"))
    assert [frame["room"] for frame in bob.got("unsubscribed")] == [str(room)]
    bob.say(type="send", room=str(room), text="hello?")
    bob.say(type="subscribe", room=str(room))
    assert bob.sees(lambda it: len(it.got("error")) == 3), bob.said
    assert [error["code"] for error in bob.got("error")[1:]] == ["unknown_room"] * 2
    bob.say(type="send", room=str(other), text="over here")
    assert bob.sees(lambda it: it.got("ack"))
