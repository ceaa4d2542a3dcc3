"""Hints on a real Redis: few of them, and none that holds anybody up."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from signal import SIGCONT, SIGSTOP
from socket import create_server, socket
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from celery import Celery
from redis import Redis

from stonks.adapters.celery import CeleryHint, hints_app
from tests.integration.promises.test_redis_away import Valkey
from tests.integration.waiting import wait_until


def hint_on(url: str) -> CeleryHint:
    return CeleryHint(hints_app(url))


def length(url: str, job: str) -> int:
    with Redis.from_url(url) as redis:
        return int(redis.llen(f"stonks:celery:{job}"))  # type: ignore[arg-type]


def drained(app: Celery, job: str) -> int:
    """How many messages a consumer took out of a queue."""
    with app.connection_for_read() as connection, connection.SimpleQueue(job) as queue:
        for count in range(1_000):
            try:
                queue.get(block=False).ack()
            except queue.Empty:
                return count
    raise AssertionError("there is no end of them")


def gives(hint: CeleryHint, url: str) -> bool:
    hint("batches")
    return length(url, "batches") > 0


@pytest.fixture
def valkey() -> Iterator[Valkey]:
    with TemporaryDirectory(prefix="stonks-redis-") as var:  # short: it holds a Unix socket
        valkey = Valkey(Path(var))
        yield valkey
        valkey.send(SIGCONT)
        valkey.stop()


class Mute:
    """Takes connections and answers nothing."""

    def __init__(self, listening: socket) -> None:
        self._listening = listening
        self.url = f"redis://127.0.0.1:{listening.getsockname()[1]}/0"
        self.taken: list[socket] = []

    def take(self) -> None:
        while True:
            try:
                self.taken.append(self._listening.accept()[0])
            except OSError:
                return


@pytest.fixture
def mute() -> Iterator[Mute]:
    with ExitStack() as stack:
        listening = stack.enter_context(closing(create_server(("127.0.0.1", 0))))
        mute = Mute(listening)
        Thread(target=mute.take, daemon=True).start()
        yield mute
        for each in mute.taken:
            each.close()


def test_a_queue_cannot_grow_while_workers_are_away(redis_url: str) -> None:
    hint = hint_on(redis_url)
    for _ in range(500):
        hint("events", 3)
        hint("deliveries.push")
    assert length(redis_url, "events") == 8
    assert length(redis_url, "deliveries.push") == 8


def test_hints_go_on_when_a_queue_was_drained(redis_url: str) -> None:
    hint = hint_on(redis_url)
    for _ in range(20):
        hint("batches", 5)
    assert drained(hint.app, "batches") == 8
    hint("batches", 2)
    assert length(redis_url, "batches") == 2


def test_hints_are_dropped_while_redis_is_away_and_go_on_after_it(valkey: Valkey) -> None:
    hint = hint_on(valkey.url)
    hint("events")
    valkey.kill()
    for _ in range(100):
        hint("events")
    valkey.start()
    wait_until(lambda: gives(hint, valkey.url), "hints are given again")


def test_a_redis_that_stalls_is_left_alone(valkey: Valkey) -> None:
    hint = hint_on(valkey.url)
    hint("events")
    valkey.send(SIGSTOP)
    for _ in range(100):
        hint("fanouts")
    valkey.send(SIGCONT)
    wait_until(lambda: gives(hint, valkey.url), "hints are given again")
    assert length(valkey.url, "fanouts") == 0


def test_a_redis_that_never_answers_is_tried_a_few_times(mute: Mute) -> None:
    hint = hint_on(mute.url)
    for _ in range(100):
        hint("events")
    assert len(mute.taken) == 1
