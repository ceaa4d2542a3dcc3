"""Who is connected is known soon after they came, and not for long after they left."""

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from functools import partial

import gevent
import pytest

from stonks.application.presence.ports import PeopleOnline
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId
from stonks.entrypoints.container import Container
from stonks.entrypoints.sockets.hub import Hub
from tests.unit.sockets.peer import eventually
from tests.unit.sockets.test_notifications import give, sign_in
from tests.unit.sockets.theatre import Theatre


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    theatre = Theatre(memory_container)
    for name in ("ada", "bob"):
        theatre.person(name)
    yield theatre
    theatre.close()


def online(theatre: Theatre) -> set[str]:
    """Their names, as a worker is told."""
    names = {person.profile_id: name for name, person in theatre.people.items()}
    return {names[id_] for id_ in theatre.container.people_online().online([*names])}


def has_left(theatre: Theatre, before: int) -> bool:
    return sum(hub.size for hub in theatre.hubs) < before


def test_processes_without_people_can_be_asked_at_once(theatre: Theatre) -> None:
    assert eventually(lambda: len(theatre.container.people_online().said) == 2)
    assert online(theatre) == set()


def test_who_signs_in_is_online_at_once_and_offline_once_their_last_socket_is_gone(
    theatre: Theatre,
) -> None:
    peers = [sign_in(theatre, "ada"), sign_in(theatre, "ada"), sign_in(theatre, "ada", on=1)]
    sign_in(theatre, "bob", on=1)
    theatre.connect()
    assert eventually(lambda: online(theatre) == {"ada", "bob"})
    for peer in peers:
        assert online(theatre) == {"ada", "bob"}
        before = sum(hub.size for hub in theatre.hubs)
        peer.sock.close()
        assert eventually(partial(has_left, theatre, before))
        for hub in theatre.hubs:
            hub._attendance.note()  # as it does by itself after some seconds
    assert eventually(lambda: online(theatre) == {"bob"})


@pytest.mark.parametrize("end", [Hub.stop, lambda hub: hub.drain(0)], ids=["stops", "drains"])
def test_a_hub_that_ends_takes_its_people_along(
    theatre: Theatre, end: Callable[[Hub], None]
) -> None:
    leaving = sign_in(theatre, "ada")
    sign_in(theatre, "bob", on=1)
    assert eventually(lambda: online(theatre) == {"ada", "bob"})
    leaving.sock.close()
    end(theatre.hubs[0])
    assert online(theatre) == {"bob"}


def test_a_program_that_may_not_be_told_puts_nobody_online(theatre: Theatre) -> None:
    owner = theatre.people["ada"]
    give(theatre, "ada", Scope.CHAT_WRITE)
    give(theatre, "bob", Scope.NOTIFICATIONS_READ)
    program = sign_in(theatre, "ada")
    sign_in(theatre, "bob")
    assert eventually(lambda: online(theatre) == {"bob"})
    theatre.people["ada"] = owner
    sign_in(theatre, "ada")
    assert eventually(lambda: online(theatre) == {"ada", "bob"})
    program.sock.close()
    assert eventually(lambda: theatre.hubs[0].size == 2)
    assert theatre.hubs[0]._registry.people() == {
        person.profile_id for person in theatre.people.values()
    }


@dataclass(slots=True)
class Tally:
    """``PeopleOnline`` that counts what it is told."""

    inner: PeopleOnline
    beats: list[Set[ProfileId]] = field(default_factory=list)

    def beat(self, people: Set[ProfileId]) -> None:
        self.beats.append(people)
        self.inner.beat(people)

    def online(self, people: Set[ProfileId]) -> Set[ProfileId]:
        return self.inner.online(people)


def test_a_rush_is_told_of_together(theatre: Theatre) -> None:
    attendance = theatre.hubs[0]._attendance
    tally = Tally(attendance._online)
    attendance._online = tally
    for number in range(50):
        theatre.person(f"p{number}")
        theatre.connect(ticket_of=f"p{number}")
        gevent.sleep(0)
    assert eventually(lambda: tally.beats and len(tally.beats[-1]) == 50)
    assert len(tally.beats) < 10
