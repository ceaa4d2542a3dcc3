"""Workers come and go: what they do is finished, what they say is short."""

import json
import os
import signal
from collections.abc import Callable

import psutil
import pytest

from tests.integration.notifications.crowd import new_crowd
from tests.integration.notifications.tally import tally
from tests.integration.notifications.works import Works
from tests.integration.waiting import wait_until

CHILDREN = 2  # STONKS_WORKER_PROCESSES
PUSHES, MAILS = 200, 50
GROWS_AT_MOST = 16 * 2**20


def test_sigterm_lets_a_worker_finish_what_it_does(works: Works) -> None:
    works.worker.restart()
    crowd = new_crowd(works, pushed=30, mailed=10)
    with works.gate(works.service) as gate:
        notice = crowd.go_live()
        wait_until(lambda: gate.arrived > 0, "the first arrives")
        os.killpg(works.worker.pid, signal.SIGTERM)  # as supervisors do it
        gate.open()
        assert works.worker.terminate() == 0
    said = [json.loads(line) for line in works.worker.logged().splitlines() if line]
    assert [one for one in said if one["level"] not in ("debug", "info")] == []
    works.worker.start()
    works.settle()
    tally(crowd, notice).check("SIGTERM to a worker that sends")


def test_sigterm_ends_a_relay_at_once_and_quietly(works: Works) -> None:
    assert works.relay.terminate(10) == 0
    said = [json.loads(line)["event"] for line in works.relay.logged().splitlines()]
    assert {*said} <= {"relay_active", "relay_stands_by"}
    works.relay.start()


@pytest.mark.soak
def test_a_worker_does_not_grow(works: Works, times: Callable[[int], int]) -> None:
    crowd = new_crowd(works, pushed=PUSHES, mailed=MAILS)

    def stream() -> int:
        crowd.go_live()
        works.settle()
        crowd.stop()
        works.run("UPDATE streams SET ended_at = ended_at - interval '1 hour'")
        return sum(psutil.Process(pid).memory_info().rss for pid in works.worker.worker_pids)

    stream()
    before = stream()
    for _ in range(times(1)):
        after = stream()
    print(f"\ndone: {times(1) * (PUSHES + MAILS)} deliveries\nmemory: {before} to {after} bytes")
    assert after - before < CHILDREN * GROWS_AT_MOST
