"""Servers are killed; nothing that was acknowledged is lost, and nothing is doubled."""

import os
import random
import signal
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import pytest

from tests.integration.promises.database import locked, slow_commits, wait_until_somebody_waits
from tests.integration.promises.ledger import stored
from tests.integration.promises.load import new_load, under
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up

Two = tuple[RunningServer, RunningServer]


@pytest.mark.soak
def test_kill_9_at_random_under_load(serve: Servers, postgres_url: str, times: int) -> None:
    servers = (serve(), serve())
    killed = 0
    with under(
        new_load("killed", servers, postgres_url), lambda: f"kill -9 of a server, {killed} times"
    ) as load:
        for _ in range(2 * times):
            server = random.choice(servers)
            sleep(random.uniform(0, 0.3))
            server.kill()
            killed += 1
            load.wait_for(20)
            server.start()


@pytest.mark.soak
def test_kill_9_of_workers_alone(serve: Servers, postgres_url: str, times: int) -> None:
    """Their supervisor replaces them; on one server there is nowhere else to go meanwhile."""
    server = serve(web_workers=2)
    killed = 0
    with under(
        new_load("orphaned", [server], postgres_url), lambda: f"kill -9 of a worker, {killed} times"
    ) as load:
        for _ in range(2 * times):
            os.kill(random.choice(server.worker_pids), signal.SIGKILL)
            killed += 1
            load.wait_for(50)
            server.wait_until_ready()


def test_kill_9_before_the_commit_leaves_nothing(serve: Servers, postgres_url: str) -> None:
    doomed, other = serve(), serve()
    person = sign_up(doomed, "early")
    room = open_channel(doomed, "before-commit", person)
    with Client(doomed, person=person) as client, locked(postgres_url, room):
        client.send(type="send", room=room, text="in the balance", nonce="n1")
        wait_until_somebody_waits(postgres_url, on="Lock")
        doomed.kill()
    assert stored(postgres_url, room).rows == []
    _is_sent_again(other, person, room, postgres_url)


def test_kill_9_after_the_commit_and_before_the_ack(serve: Servers, postgres_url: str) -> None:
    doomed, other = serve(), serve()
    person = sign_up(doomed, "late")
    room = open_channel(doomed, "after-commit", person)
    with Client(doomed, person=person) as client, slow_commits(postgres_url):
        client.send(type="send", room=room, text="in the balance", nonce="n1")
        wait_until_somebody_waits(postgres_url, on="PgSleep")
        doomed.kill()  # its COMMIT is with PostgreSQL, which carries it out
    assert stored(postgres_url, room).rows == [(1, "n1")]
    _is_sent_again(other, person, room, postgres_url)


def _is_sent_again(server: RunningServer, person: Person, room: str, postgres_url: str) -> None:
    with Client(server, person=person) as client:
        for _ in range(2):
            assert client.ask(room, "in the balance", "n1")["seq"] == 1
    assert stored(postgres_url, room).rows == [(1, "n1")]


def test_a_lost_acknowledgement_is_given_again(two_servers: Two, postgres_url: str) -> None:
    here, there = two_servers
    person = sign_up(here, "forgetful")
    room = open_channel(here, "lost-acks", person)
    with Client(there, "/ws/channels/lost-acks") as reader:
        for number in range(1, 21):
            with Client(here, person=person) as client:
                client.send(type="send", room=room, text=f"number {number}", nonce=f"n{number}")
                reader.entry(number)  # stored; the writer goes without having looked
            with Client(there, person=person) as client:
                assert client.ask(room, f"number {number}", f"n{number}")["seq"] == number
    assert stored(postgres_url, room).rows == [(n, f"n{n}") for n in range(1, 21)]


def test_one_nonce_from_everywhere_at_once_is_one_message(
    two_servers: Two, postgres_url: str
) -> None:
    person = sign_up(two_servers[0], "hasty")
    room = open_channel(two_servers[0], "races", person)
    clients = [Client(two_servers[number % 2], person=person) for number in range(8)]
    with ThreadPoolExecutor(len(clients)) as pool:
        for number in range(1, 26):

            def ask(client: Client, nonce: str = f"n{number}") -> int:
                return int(client.ask(room, f"the same {nonce}", nonce)["seq"])

            assert set(pool.map(ask, clients)) == {number}
    for client in clients:
        client.socket.close()
    assert stored(postgres_url, room).rows == [(n, f"n{n}") for n in range(1, 26)]
