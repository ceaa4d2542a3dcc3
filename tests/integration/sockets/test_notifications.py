"""Notifications on real servers: each once on each connection, whatever happens in between."""

from collections.abc import Callable, Iterator
from pathlib import Path
from time import monotonic, sleep

import pytest
from redis import Redis

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import Person, call, sign_up
from tests.integration.sockets.worker import Worker, working

PROGRAM = ("-P", str(Path(__file__).with_name("with_inboxes.py")))
SWEPT = 15.0  # seconds: two sweeps and a busy machine


def shown(client: Client, count: int, seconds: float) -> dict[str, object]:
    """The notification with this count, in time."""
    return client._first(
        lambda it: it["type"] == "notification" and it["notification"]["data"]["count"] == count,
        seconds,
        count,
    )


def all_shown(client: Client, last: int) -> list[int]:
    """The counts of all that was shown until a sweep shows the one that nobody told."""
    shown(client, last, SWEPT)
    rest = [it for it in client.unasked if it["type"] == "notification"]
    return sorted([it["notification"]["data"]["count"] for it in rest] + [last])


@pytest.fixture
def worker(postgres_url: str, redis_url: str, private_key: str) -> Iterator[Worker]:
    with working(postgres_url, redis_url, private_key) as worker:
        yield worker


@pytest.fixture(scope="module")
def pair(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[tuple[RunningServer, RunningServer]]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder, PROGRAM)
    try:
        yield servers(), servers()
    finally:
        servers.end()


@pytest.fixture(scope="module")
def ada(pair: tuple[RunningServer, RunningServer]) -> Person:
    return sign_up(pair[0], "told.ada")


def test_every_connection_is_shown_it_at_once_and_once(
    pair: tuple[RunningServer, RunningServer], worker: Worker, ada: Person
) -> None:
    here, there = pair
    bob = sign_up(here, "told.bob")
    with (
        Client(here, person=ada) as one,
        Client(there, person=ada) as two,
        Client(there, person=bob) as other,
        Client(here) as nobody,
    ):
        view = worker.tell(ada)
        frame = shown(one, 1, AT_ONCE)
        assert shown(two, 1, AT_ONCE) == frame
        assert frame["notification"] == {
            "id": str(view.id),
            "type": "new_follower",
            "at": frame["notification"]["at"],
            "readAt": None,
            "data": {"count": 1, "followers": ["grace"]},
        }
        worker.publish(view, ada)  # whoever tried it before may have died right after
        worker.change(view, ada)
        assert shown(two, 2, AT_ONCE)["notification"]["id"] == str(view.id)
        worker.tell(ada, bob, dies=True)
        assert all_shown(one, 3) == [2, 3]
        assert all_shown(two, 3) == [3]
        assert all_shown(other, 3) == [3]
        nobody.send(type="ping")
        nobody.until(type="pong")
        assert nobody.unasked == []


def test_a_program_is_told_with_the_scope_for_it_alone(
    pair: tuple[RunningServer, RunningServer], worker: Worker, ada: Person
) -> None:
    clients = {}
    for scope in ("notifications:read", "chat:write"):
        body = {"name": scope, "scopes": [scope]}
        token = call(pair[0], "POST", "/profiles/me/tokens", json=body, person=ada).json()["token"]
        clients[scope] = Client(pair[1], person=Person(ada.username, ada.id, token, ""))
    worker.tell(ada)
    worker.tell(ada, dies=True)
    assert all_shown(clients["notifications:read"], 2) == [1, 2]
    clients["chat:write"].send(type="ping")
    clients["chat:write"].until(type="pong")
    assert clients["chat:write"].unasked == []
    for client in clients.values():
        client.socket.close()


def test_who_is_connected_is_online_wherever_and_not_for_long_after_a_process_died(
    serve: Servers, worker: Worker, redis_url: str
) -> None:
    here, there = serve(), serve()
    one, two = sign_up(here, "online.one"), sign_up(here, "online.two")
    with Client(here, person=one) as client, Client(there, person=two):
        assert eventually(lambda: worker.online(one, two) == {one.id, two.id})
        client.socket.close()
        assert eventually(lambda: worker.online(one, two) == {two.id})
        with Client(here, person=one):
            assert eventually(lambda: worker.online(one, two) == {one.id, two.id})
            there.kill()
            end_what_lasts_fifteen_seconds(redis_url)
            assert eventually(lambda: worker.online(one, two) == {one.id})


def eventually(holds: Callable[[], bool]) -> bool:
    until = monotonic() + SWEPT
    while not holds() and monotonic() < until:
        sleep(0.05)
    return holds()


def end_what_lasts_fifteen_seconds(redis_url: str) -> None:
    """Of what Redis remembers of who is online; who lives says it again."""
    with Redis.from_url(redis_url) as redis:
        for key in redis.scan_iter("stonks:{online}:of:*"):
            assert 0 < redis.pttl(key) <= 15_000
            redis.delete(key)
