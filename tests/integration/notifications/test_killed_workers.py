"""Workers and the relay are killed; everybody is told once all the same, but what was leaving."""

import os
import random
import signal
from collections.abc import Callable
from time import sleep

import psutil
import pytest

from tests.integration.notifications.crowd import new_crowd
from tests.integration.notifications.tally import tally
from tests.integration.notifications.works import Works
from tests.integration.waiting import wait_until

Times = Callable[[int], int]
CHILDREN = 2  # STONKS_WORKER_PROCESSES
PUSHES = 16  # STONKS_WORKER_THREADS
MAILS = 4  # connections to the mail server of one process


@pytest.mark.soak
@pytest.mark.parametrize("way", ["push", "email"])
def test_kill_9_of_a_worker_in_the_middle_of_sending(works: Works, way: str, times: Times) -> None:
    receiver = {"push": works.service, "email": works.postbox}[way]
    for _ in range(times(1)):
        crowd = new_crowd(works, pushed=150, mailed=50, silent=5, unwilling=5)
        with crowd.online():
            with works.gate(receiver) as gate:
                notice = crowd.go_live()
                wait_until(lambda: gate.arrived > 0, "the first arrives")
                works.worker.kill()
            works.worker.start()
            works.settle_after_deaths()
            found = tally(crowd, notice)
        found.check(f"kill -9 of a worker that sends ({way})", may_lose=CHILDREN * (PUSHES + MAILS))
        assert found.lost, "some were leaving"


@pytest.mark.soak
def test_kill_9_of_a_worker_at_random(works: Works, times: Times) -> None:
    for _ in range(times(2)):
        crowd = new_crowd(works, pushed=100, mailed=30, silent=3, unwilling=3)
        stream = crowd.start()
        moment = random.uniform(0, 0.3)
        sleep(moment)
        works.worker.kill()
        works.worker.start()
        works.settle_after_deaths()
        notice = crowd.notice(stream)
        assert notice is not None
        found = tally(crowd, notice)
        found.check(f"kill -9 of a worker after {moment:.3f} s", may_lose=CHILDREN * PUSHES)


@pytest.mark.soak
def test_kill_9_of_one_child_of_a_worker(works: Works, times: Times) -> None:
    for _ in range(times(1)):
        crowd = new_crowd(works, pushed=250, mailed=30)
        with works.gate(works.service) as gate:
            notice = crowd.go_live()
            wait_until(lambda: gate.arrived > 0, "the first arrives")
            os.kill(random.choice(works.worker.worker_pids), signal.SIGKILL)
        works.settle_after_deaths()
        tally(crowd, notice).check("kill -9 of one child", may_lose=PUSHES)
        wait_until(lambda: len(works.worker.worker_pids) == CHILDREN, "the child is replaced")


def test_another_relay_takes_over_from_one_that_is_killed_or_hangs(works: Works) -> None:
    for fault in (signal.SIGKILL, signal.SIGSTOP):
        active, works.relay = works.relay, works.servers.relay()
        os.kill(active.pid, fault)
        crowd = new_crowd(works, pushed=10, mailed=5)
        notice = crowd.go_live()
        works.settle()
        tally(crowd, notice).check(f"{fault.name} to the active relay")
        wait_until(lambda: "relay_active" in works.relay.logged(), "the other is active")
        active.kill()


def test_two_workers_and_every_task_fifty_times(works: Works) -> None:
    other, hint = works.another_worker(), works.container.hint()
    crowd = new_crowd(works, pushed=610, mailed=30, silent=5, unwilling=5)
    for process in (works.worker, other):
        psutil.Process(process.pid).suspend()
    stream = crowd.start()
    for job in ("events", "fanouts", "batches", "deliveries.push", "deliveries.email"):
        hint(job, 50)
    with works.gate(works.service) as gate:
        for process in (works.worker, other):
            psutil.Process(process.pid).resume()
        wait_until(lambda: gate.arrived > CHILDREN * PUSHES, "both workers push at once")
    works.settle()
    notice = crowd.notice(stream)
    assert notice is not None
    tally(crowd, notice).check("two workers, and each task 50 times")
    assert other.terminate() == 0
