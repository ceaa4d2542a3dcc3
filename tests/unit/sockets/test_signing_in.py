"""What ends or changes between the look at who somebody is and their signing in."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from stonks.application.identity.ports import SignedIn
from stonks.entrypoints.container import Container
from tests.unit.sockets.peer import eventually
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    theatre.person("ada")
    theatre.person("root", is_staff=True)
    yield theatre
    theatre.close()


def test_a_session_that_ends_while_it_signs_in_is_closed_at_once(theatre: Theatre) -> None:
    hub = theatre.hubs[0]
    authenticate = hub._board.deps.authenticate

    def late(token: str) -> SignedIn:
        person = authenticate(token)
        theatre.end_session(token)
        return person

    hub._board = replace(hub._board, deps=replace(hub._board.deps, authenticate=late))
    peer = theatre.connect()
    peer.say(type="authenticate", token="ada")
    assert peer.is_closed_with(4001)


def test_a_session_that_ends_during_the_upgrade_is_closed_at_once(theatre: Theatre) -> None:
    theatre.end_session("ada")
    assert theatre.connect(ticket_of="ada").is_closed_with(4001)


def test_who_stops_being_staff_during_the_upgrade_is_none(theatre: Theatre) -> None:
    theatre.container.exchange().ends.clear()  # what is told meanwhile is told to nobody
    theatre.container.revoke_staff()(username="root", by="an operator")
    theatre.connect(ticket_of="root")
    (session,) = theatre.hubs[0]._registry.everybody
    assert eventually(lambda: session.person is not None and not session.person.is_staff)
