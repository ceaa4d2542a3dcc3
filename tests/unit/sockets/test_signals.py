"""What one process does to its own sockets while nothing gets through to the others."""

from collections.abc import Iterator, Sequence

import pytest
from dependency_injector import providers
from gevent.event import Event

from stonks.adapters.memory.bus import MemoryBus
from stonks.adapters.wire.announce import BusAnnouncer
from stonks.adapters.wire.bus import Blob, Notice
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from tests.unit.sockets.peer import eventually
from tests.unit.sockets.theatre import Theatre


class DeadBus(MemoryBus):
    """Everything that is published is lost."""

    def publish(self, blobs: Sequence[Blob]) -> None: ...

    def publish_control(self, message: bytes) -> None: ...


@pytest.fixture
def theatre(memory_container: Container) -> Iterator[Theatre]:
    memory_container.bus.override(providers.Object(DeadBus(new_event=Event)))
    theatre = Theatre(memory_container)
    theatre.hubs[0].stop()
    theatre.hubs[0] = memory_container.socket_hub()
    theatre.hubs[0].start()
    theatre.person("ada")
    yield theatre
    theatre.close()


def test_the_end_of_a_session_closes_its_connections_here(theatre: Theatre) -> None:
    here, there = (theatre.connect(on=on, ticket_of="ada") for on in (0, 1))
    assert eventually(lambda: all(hub._desk._jobs.empty() for hub in theatre.hubs))
    theatre.end_session("ada")
    assert here.is_closed_with(4001)
    assert not there.sees(lambda it: it.close_code, 0.05)
    theatre.hubs[1]._sweeps.sessions()
    assert there.is_closed_with(4001)


def test_what_closes_a_room_is_heeded_here_before_it_is_published(theatre: Theatre) -> None:
    announce = theatre.container.announce()
    assert announce.heed_here == theatre.container.socket_hub().heed
    heeded: list[Notice] = []
    room = RoomId(theatre.container.new_id()())
    BusAnnouncer(DeadBus(new_event=Event), heed_here=heeded.append).closed(room)
    assert heeded == [Notice(rooms_closed=(room,))]
