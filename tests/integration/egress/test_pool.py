"""What waits to be used again is forgotten in time."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from ipaddress import ip_address
from random import Random
from socket import socket
from threading import Event

import pytest

from stonks.adapters.egress.connection import Connection
from stonks.adapters.egress.pool import MOST_IDLE, SECONDS_IDLE, Pool, key_of
from stonks.adapters.egress.urls import Target, read_url
from tests.integration.egress.certificates import Authority
from tests.integration.egress.listening import Listener, listening
from tests.integration.waiting import wait_until

HERE = ip_address("127.0.0.1")
OLD = SECONDS_IDLE + 0.1


@dataclass(slots=True)
class Ends:
    """Of connections: those that were hung up on."""

    seen: list[bytes] = field(default_factory=list)

    def __call__(self, connection: socket, over: Event) -> None:
        self.seen.append(connection.recv(1))


@dataclass(slots=True)
class Time:
    now: float = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def ends() -> Ends:
    return Ends()


@pytest.fixture
def listener(ends: Ends) -> Iterator[Listener]:
    with listening(ends) as listener:
        yield listener


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pool(time: Time) -> Pool:
    return Pool(time)


Connect = Callable[[], Connection]


@pytest.fixture
def connect(listener: Listener, authority: Authority) -> Iterator[Connect]:
    made: list[Connection] = []
    target, context = read_url(f"http://127.0.0.1:{listener.port}/"), authority.trusting()

    def connect() -> Connection:
        made.append(Connection(target, HERE, context, 5))
        return made[-1]

    yield connect
    for each in made:
        each.close()


def host(name: str) -> Target:
    return read_url(f"https://{name}.example/")


def keep(pool: Pool, name: str, connection: Connection) -> None:
    pool.keep(key_of(host(name), HERE), connection)


def take(pool: Pool, name: str) -> Connection | None:
    return pool.take(key_of(host(name), HERE))


def test_what_is_kept_last_is_taken_first_and_once(pool: Pool, connect: Connect) -> None:
    first, second = connect(), connect()
    keep(pool, "a", first)
    keep(pool, "a", second)
    assert [take(pool, "a") for _ in range(3)] == [second, first, None]


@pytest.mark.parametrize("does", ["takes", "keeps"])
def test_what_waits_for_too_long_is_hung_up_on_by_whoever_comes_next(
    pool: Pool, connect: Connect, time: Time, ends: Ends, does: str
) -> None:
    old, young = connect(), connect()
    keep(pool, "a", old)
    time.now += SECONDS_IDLE / 2
    keep(pool, "b", young)
    time.now += SECONDS_IDLE / 2 + 0.1
    if does == "takes":
        assert take(pool, "c") is None
    else:
        keep(pool, "c", connect())
    wait_until(lambda: ends.seen == [b""], "the old one is hung up on, and no other")
    assert take(pool, "a") is None
    assert take(pool, "b") is young


def test_what_is_used_again_and_again_stays_and_the_rest_goes(
    pool: Pool, connect: Connect, time: Time, ends: Ends
) -> None:
    busy = connect()
    keep(pool, "quiet", connect())
    keep(pool, "busy", busy)
    for _ in range(20):
        time.now += SECONDS_IDLE / 10
        assert take(pool, "busy") is busy
        keep(pool, "busy", busy)
    wait_until(lambda: ends.seen == [b""], "the quiet one alone is hung up on")


def test_nothing_stays_of_hosts_that_were_asked_once(
    pool: Pool, connect: Connect, time: Time
) -> None:
    connection = connect()
    for number in range(2000):
        keep(pool, f"host{number}", connection)
        assert take(pool, f"host{number}") is connection
    keep(pool, "last", connection)
    time.now += OLD
    assert take(pool, "none") is None
    assert _waiting(pool) == {}


def test_when_all_places_are_taken_there_is_room_once_the_old_ones_are_gone(
    pool: Pool, connect: Connect, time: Time, ends: Ends
) -> None:
    connection, late = connect(), connect()
    for number in range(MOST_IDLE):
        keep(pool, f"host{number}", connection)
    keep(pool, "late", late)
    wait_until(lambda: ends.seen == [b""], "who finds no place is hung up on")
    assert take(pool, "late") is None
    time.now += OLD
    new = connect()
    keep(pool, "new", new)
    assert take(pool, "new") is new


def test_a_child_that_was_forked_begins_with_none_and_leaves_its_parents_be(
    pool: Pool, connect: Connect, ends: Ends
) -> None:
    connection = connect()
    keep(pool, "a", connection)
    if (child := os.fork()) == 0:
        os._exit(0 if take(pool, "a") is None else 1)
    assert os.waitpid(child, 0)[1] == 0
    assert take(pool, "a") is connection
    assert ends.seen == []


def test_threads_never_have_one_at_the_same_time(connect: Connect) -> None:
    time = Time()
    pool, held = Pool(time), set[Connection]()

    def use(seed: int) -> None:
        random = Random(seed)
        for _ in range(100):
            name = f"host{random.randrange(3)}"
            connection = take(pool, name) or connect()
            assert connection not in held
            held.add(connection)
            time.now += random.random()
            held.remove(connection)
            keep(pool, name, connection)

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(use, range(4)))
    time.now += OLD
    assert take(pool, "none") is None
    assert _waiting(pool) == {}


def _waiting(pool: Pool) -> object:
    return pool._idle._waiting  # what nobody sees from outside is what must not grow
