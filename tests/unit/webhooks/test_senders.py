"""Threads beside the tasks of a worker."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, active_count
from threading import enumerate as enumerate_threads
from time import monotonic

import pytest
from structlog.testing import capture_logs

from stonks.domain.errors import Unavailable
from stonks.entrypoints.work.senders import HANGS, MOST, Senders

PATIENCE = 10.0  # seconds


@dataclass(slots=True)
class Work:
    """Endpoints that are due, each told when the test says so."""

    due: int
    gate: Event = field(default_factory=Event)
    begun: int = 0
    at_once: int = 0
    most: int = 0
    arrived: Event = field(default_factory=Event)
    expected: int = 1
    _lock: Lock = field(default_factory=Lock)

    def __call__(self) -> bool:
        with self._lock:
            if self.due == 0:
                return False
            self.due -= 1
            self.begun += 1
            self.at_once += 1
            self.most = max(self.most, self.at_once)
            if self.begun == self.expected:
                self.arrived.set()
        assert self.gate.wait(PATIENCE)
        with self._lock:
            self.at_once -= 1
        return True


def test_whoever_asks_does_not_wait_for_what_takes_time() -> None:
    work = Work(due=1)
    senders = Senders("test", work, width=2)
    assert senders() is False
    assert work.arrived.wait(PATIENCE)
    work.gate.set()
    senders.close(PATIENCE)


def test_an_endpoint_that_hangs_holds_up_one_thread() -> None:
    hung, told, done = Event(), [], Event()
    turns: list[Callable[[], bool]] = []

    def hang() -> bool:
        return hung.wait(PATIENCE)

    def quick() -> bool:
        told.append(1)
        if len(told) == 3:
            done.set()
        return True

    turns[:] = [quick, quick, quick, hang]  # taken from the end
    taking = Lock()

    def tell() -> bool:
        with taking:
            turn = turns.pop() if turns else None
        return turn is not None and turn()

    senders = Senders("test", tell, width=2)
    senders()
    senders()
    assert done.wait(PATIENCE)
    hung.set()
    senders.close(PATIENCE)


def test_those_that_hang_leave_room_for_others_up_to_a_bound() -> None:
    width, now = 2, [0.0]
    work = Work(due=100, expected=width)
    senders = Senders("test", work, width, clock=lambda: now[0])
    for turn in range(1, MOST + 1):
        work.expected = turn * width
        work.arrived.clear()
        for _ in range(width):
            senders()
        assert work.arrived.wait(PATIENCE)
        assert work.begun == turn * width, "no more than its width are told that do not hang"
        now[0] += HANGS
    senders()
    assert work.begun == MOST * width, "however many hang"
    work.due = 3
    work.gate.set()
    senders.close(PATIENCE)


def test_those_that_hung_end_where_others_have_begun_in_their_place() -> None:
    width, now = 2, [0.0]
    hung, others = Work(due=width, expected=width), Work(due=100, expected=width)

    def tell() -> bool:
        return hung() or others()

    senders = Senders("hung and others", tell, width, clock=lambda: now[0])
    for work in (hung, others):
        for _ in range(width):
            senders()
        assert work.arrived.wait(PATIENCE)
        now[0] += HANGS / 2 if work is others else HANGS
    hung.gate.set()
    end = monotonic() + PATIENCE
    while sum(thread.name == senders.name for thread in enumerate_threads()) > width:
        assert monotonic() < end, "those that hung go on"
    assert others.begun == width
    others.gate.set()
    senders.close(PATIENCE)
    assert others.most == width


@pytest.mark.parametrize("width", [1, 4])
def test_no_more_than_its_width_work_at_once_and_all_is_done(width: int) -> None:
    work = Work(due=20, expected=20)
    work.gate.set()
    senders = Senders("test", work, width)
    for _ in range(10):
        senders()
    assert work.arrived.wait(PATIENCE)
    senders.close(PATIENCE)
    assert (work.due, work.at_once) == (0, 0)
    assert work.most <= width


def test_one_hint_is_enough_for_all_that_is_due() -> None:
    work = Work(due=6, expected=3)
    senders = Senders("test", work, width=3)
    senders()
    work.gate.set()
    assert work.arrived.wait(PATIENCE)
    senders.close(PATIENCE)


def test_who_is_closed_begins_nothing_and_waits_for_what_has_begun() -> None:
    work = Work(due=5)
    senders = Senders("test", work, width=1)
    senders()
    assert work.arrived.wait(PATIENCE)
    senders.close(0.01)
    work.gate.set()
    senders()
    senders.close(PATIENCE)
    assert (work.begun, work.at_once) == (1, 0)


def test_what_fails_is_logged() -> None:
    failures = [Unavailable("database_unavailable", "is away"), ValueError("a test")]
    done = Event()

    def tell() -> bool:
        if failures:
            raise failures.pop()
        done.set()
        return False

    with capture_logs() as logs:
        for _ in range(3):
            senders = Senders("webhooks.steady", tell, width=1)
            senders()
            senders.close(PATIENCE)
    assert done.is_set()
    assert [(log["event"], log["job"]) for log in logs] == [
        ("job_failed", "webhooks.steady"),
        ("job_refused", "webhooks.steady"),
    ]


def test_threads_end_when_there_is_nothing_to_do() -> None:
    before = active_count()
    senders = Senders("test", lambda: False, width=4)
    for _ in range(8):
        senders()
    senders.close(PATIENCE)
    assert active_count() == before
