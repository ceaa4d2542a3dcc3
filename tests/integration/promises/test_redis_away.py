"""Redis dies, stalls or forgets: it carries hints, and so nothing is lost."""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from time import monotonic, sleep

import pytest
from redis import Redis

from stonks.adapters.embedded import places
from stonks.adapters.embedded.process import Running
from stonks.adapters.embedded.valkey import EmbeddedValkey
from tests.integration.promises.load import new_load, under
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import AT_ONCE, Client
from tests.integration.sockets.people import PASSWORD, call, open_channel, sign_up


class Valkey:
    """A Valkey of this test's own, which may die."""

    def __init__(self, var: Path) -> None:
        self.url = places.redis_url(var)
        self._embedded = EmbeddedValkey(var)
        self._running: Running = self._embedded.start()

    def kill(self) -> None:
        self._running.child.kill()
        self._running.child.wait()

    def start(self) -> None:
        self._running = self._embedded.start()

    def stop(self) -> None:
        self._running.stop()

    def send(self, fault: signal.Signals) -> None:
        os.kill(self._running.child.pid, fault)
        if fault is signal.SIGKILL:
            self._running.child.wait()

    def mend(self, fault: signal.Signals) -> None:
        if fault is signal.SIGKILL:
            self.start()
        else:
            os.kill(self._running.child.pid, signal.SIGCONT)

    def stall(self, seconds: float) -> None:
        os.kill(self._running.child.pid, signal.SIGSTOP)
        try:
            sleep(seconds)
        finally:
            os.kill(self._running.child.pid, signal.SIGCONT)


@pytest.fixture
def valkey(tmp_path: Path) -> Iterator[Valkey]:
    valkey = Valkey(tmp_path / "valkey")
    yield valkey
    with suppress(ProcessLookupError):
        valkey.send(signal.SIGCONT)  # one that is stalled would not stop
    valkey.stop()


@pytest.fixture
def two(serve: Servers, valkey: Valkey) -> Servers:
    serve.redis_url = valkey.url
    serve()
    serve()
    return serve


@pytest.mark.soak
def test_redis_is_killed_and_started_again(
    two: Servers, valkey: Valkey, postgres_url: str, times: int
) -> None:
    injected = f"kill -9 of Redis, {times} times, for 1 s each"
    with under(new_load("no-redis", two.made, postgres_url), lambda: injected) as load:
        for _ in range(times):
            valkey.kill()
            load.wait_for(100)
            sleep(1)
            load.wait_for(100)
            valkey.start()
            load.wait_for(100)


@pytest.mark.soak
def test_redis_stalls(two: Servers, valkey: Valkey, postgres_url: str, times: int) -> None:
    injected = f"a Redis that stalls for 2 s, {times} times"
    with under(new_load("stalled", two.made, postgres_url), lambda: injected) as load:
        for _ in range(times):
            valkey.stall(2)
            load.wait_for(100)


@pytest.mark.soak
def test_redis_forgets_everything_and_everybody(
    two: Servers, valkey: Valkey, postgres_url: str, times: int
) -> None:
    injected = f"FLUSHALL and all its clients cut off, {3 * times} times"
    with (
        Redis.from_url(valkey.url) as redis,
        under(new_load("forgetful", two.made, postgres_url), lambda: injected) as load,
    ):
        for _ in range(3 * times):
            redis.flushall()
            load.wait_for(30)
            for kind in ("normal", "pubsub"):
                redis.client_kill_filter(_type=kind, skipme=True)
            load.wait_for(30)


def test_without_redis_people_talk_and_sanctions_bite(
    two: Servers, valkey: Valkey, postgres_url: str
) -> None:
    """Later than at once, since only the sweeps tell; who is banned is refused at once."""
    here, there = two.made
    host, rude = sign_up(here, "hostess"), sign_up(here, "rude")
    room = open_channel(here, "silent", host)
    with (
        Client(here, person=host) as moderator,
        Client(there, "/ws/channels/silent", rude) as banned,
    ):
        valkey.kill()
        assert banned.entry(banned.ask(room, "hello")["seq"], seconds=10)
        assert moderator.ask(room, "/ban @rude")["type"] == "result"
        assert banned.ask(room, "still here").get("code", "banned") == "banned"
        assert banned.closed(10) == 4003
        valkey.start()
        for attempt in range(100):
            with Client(there, "/ws/channels/silent") as reader:
                sleep(0.05)
                seq = moderator.ask(room, f"Redis is back {attempt}")["seq"]
                try:
                    reader.entry(seq, seconds=AT_ONCE)
                except AssertionError:
                    continue
                return
        raise AssertionError("what is said here is not heard there at once again")


def test_without_redis_the_end_of_a_session_bites_at_once_where_it_ended(
    two: Servers, valkey: Valkey
) -> None:
    here, there = two.made
    person = sign_up(here, "leaver")
    with Client(here, person=person) as near, Client(there, person=person) as far:
        valkey.kill()
        call(here, "POST", "/auth/logout", person=person)
        assert near.closed(AT_ONCE) == 4001
        assert far.closed(15) == 4001


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stalled"])
def test_without_redis_nobody_guesses_and_everything_else_goes_on(
    two: Servers, valkey: Valkey, fault: signal.Signals
) -> None:
    here, there = two.made
    person = sign_up(here, f"patient{fault.name.lower()}")
    room = open_channel(here, f"closed-{fault.name.lower()}", person)
    wrong = {"login": person.username, "password": "not the lanterns"}
    right = wrong | {"password": PASSWORD}
    newcomer = right | {"fullName": "New", "username": "new", "email": "new@example.org"}
    del newcomer["login"]
    valkey.send(fault)
    for server in (here, there):
        for path, body in (("login", wrong), ("login", right), ("signup", newcomer)):
            answer = call(server, "POST", f"/auth/{path}", json=body, expected=(503,))
            assert answer.json()["code"] == "limits_unavailable"
            assert int(answer.headers["Retry-After"]) >= 1
            assert answer.elapsed.total_seconds() < 10, "long before a client gives up"
    assert call(there, "GET", "/profiles/me", person=person).json()["username"] == person.username
    with Client(there, person=person) as client:
        assert client.ask(room, "still talking")["type"] == "ack"
    tokens = call(here, "POST", "/auth/refresh", json={"refreshToken": person.refresh_token})
    assert tokens.json()["accessToken"]
    valkey.mend(fault)
    _wait_until_they_may_enter(here, right)
    _wait_until_they_may_enter(there, right)


def _wait_until_they_may_enter(server: RunningServer, body: dict[str, str]) -> None:
    until = monotonic() + 30
    while call(server, "POST", "/auth/login", json=body, expected=(200, 503)).status_code != 200:
        assert monotonic() < until, "the limits are not back"
        sleep(0.2)
