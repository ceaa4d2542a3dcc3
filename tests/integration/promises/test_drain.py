"""Told to stop under load, a server sends everybody elsewhere and finishes what it began."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from time import monotonic, sleep

import pytest
import requests

from tests.integration.promises.database import locked, wait_until_somebody_waits
from tests.integration.promises.load import new_load, under
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up
from tests.integration.sockets.raw import RawClient

DRAIN = 2.0  # seconds
IDLE = 40


@pytest.mark.soak
def test_a_drain_under_load_costs_nobody_anything(
    serve: Servers, postgres_url: str, times: int
) -> None:
    servers = [serve(drain_seconds=DRAIN), serve(drain_seconds=DRAIN)]
    load = new_load("drained", servers, postgres_url, readers=8)
    with under(load, lambda: f"{times} drains under load"):
        for number in range(times):
            leaving = servers[number % 2]
            assert leaving.terminate() == 0
            load.wait_for(30)
            leaving.start()
    assert set(load.closed) <= {1012, "not taken"}, "nobody is cut off"
    assert load.closed[1012] > 0


def test_readiness_fails_first_and_sockets_go_one_after_the_other(serve: Servers) -> None:
    server = serve(drain_seconds=DRAIN)
    idle = [Client(server) for _ in range(IDLE)]
    with ThreadPoolExecutor(IDLE + 1) as pool:
        closes = [pool.submit(when_closed, server, client) for client in idle]
        sleep(0.2)
        exit_code = pool.submit(server.terminate)
        late = refused_late(server)
        ends = [close.result() for close in closes]
        assert exit_code.result() == 0
    assert {code for code, _, _ in ends} == {1012}
    assert not any(was_ready for _, _, was_ready in ends), "who asks for readiness knows first"
    assert late == (503, "draining")
    times = sorted(at for _, at, _ in ends)
    print(f"\n{IDLE} sockets closed within {times[-1] - times[0]:.1f} s of each other")
    assert times[-1] - times[0] > DRAIN / 4
    assert len({round(at, 1) for at in times}) > 5, "spread out, and not in one go"


def test_requests_in_flight_finish(serve: Servers, postgres_url: str) -> None:
    server = serve(drain_seconds=0.5)
    person = sign_up(server, "inflight")
    room = open_channel(server, "in-flight", person)
    with ThreadPoolExecutor(3) as pool, Client(server) as client:
        asking = Event()
        answers = pool.submit(ask_until_gone, server, asking)
        asking.wait()
        with locked(postgres_url, room):
            posting = pool.submit(post, server, person)
            wait_until_somebody_waits(postgres_url, on="Lock")
            exit_code = pool.submit(server.terminate)
            while server.is_ready():
                sleep(0.02)
            sleep(0.2)
        assert posting.result().status_code == 201
        assert client.closed() == 1012
        assert exit_code.result() == 0
        assert set(answers.result()) == {200, "refused"}, "answered until nobody was there"


def when_closed(server: RunningServer, client: Client) -> tuple[int | None, float, bool]:
    """The code, the moment, and whether the server still called itself ready then."""
    code = client.closed(30)
    return code, monotonic(), server.is_ready()


def refused_late(server: RunningServer) -> tuple[int, str]:
    """How a socket is refused that comes too late."""
    while server.is_ready():
        sleep(0.01)
    with RawClient(server) as late:
        return late.status, late.problem["code"]


def ask_until_gone(server: RunningServer, asking: Event) -> list[int | str]:
    """The status of each answer; at last that nobody is there, if that is how it ends.

    A connection that the kernel had queued when the listener closed is reset by the kernel,
    before anybody read a request from it: nobody was there for that one either.
    """
    answers: list[int | str] = []
    while "refused" not in answers:
        try:
            answers.append(requests.get(f"{server.url}/api/v1/channels", timeout=10).status_code)
        except requests.ConnectionError as error:
            gone = re.search("refused|reset by peer", str(error))
            answers.append("refused" if gone else str(error))
        asking.set()
    return answers


def post(server: RunningServer, person: Person) -> requests.Response:
    url = f"{server.url}/api/v1/channels/in-flight/messages"
    return requests.post(url, json={"text": "by HTTP"}, headers=person.headers, timeout=30)
