"""Redis dies, stalls or forgets while people are told: each is shown all of it, once."""

import signal
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from redis import Redis

from stonks.adapters.embedded import places
from tests.integration.redis.test_outage import Outage, outage
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import sign_up
from tests.integration.sockets.test_notifications import PROGRAM, all_shown, eventually
from tests.integration.sockets.worker import Worker, working

__all__ = ["outage"]
Pair = tuple[RunningServer, RunningServer]


@pytest.fixture
def url(outage: Outage) -> str:
    return places.redis_url(outage.store.var)


@pytest.fixture
def pair(postgres_url: str, url: str, private_key: str, tmp_path: Path) -> Iterator[Pair]:
    servers = Servers(postgres_url, url, private_key, tmp_path, PROGRAM)
    with ExitStack() as stack:
        stack.callback(servers.end)
        yield servers(), servers()


@pytest.fixture
def worker(postgres_url: str, url: str, private_key: str) -> Iterator[Worker]:
    with working(postgres_url, url, private_key) as worker:
        yield worker


def flush(outage: Outage) -> None:
    with Redis.from_url(places.redis_url(outage.store.var)) as redis:
        redis.flushall()


FAULTS: dict[str, tuple[Callable[[Outage], None], Callable[[Outage], None]]] = {
    "killed": (lambda it: it.send(signal.SIGKILL), Outage.start_again),
    "stalled": (lambda it: it.send(signal.SIGSTOP), lambda it: it.send(signal.SIGCONT)),
    "flushed": (flush, flush),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_people_are_shown_everything_once(
    outage: Outage, pair: Pair, worker: Worker, fault: str
) -> None:
    here, there = pair
    break_, mend = FAULTS[fault]
    person = sign_up(here, f"told.{fault}")
    with Client(here, person=person) as one, Client(there, person=person) as two:
        worker.tell(person)
        break_(outage)
        worker.tell(person)
        worker.tell(person, dies=True)
        mend(outage)
        view = worker.tell(person)
        worker.publish(view, person)
        last = worker.tell(person, dies=True).data["count"]
        assert [all_shown(client, int(str(last))) for client in (one, two)] == [worker.told] * 2
        assert eventually(lambda: worker.online(person) == {person.id})
