"""Whoever tells endpoints is killed, or stopped for too long: each event is told, in order."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from stonks.domain.webhooks.attempt import Outcome
from tests.integration.waiting import PATIENCE, wait_until
from tests.integration.webhooks.counting import Counted, attempts, counted
from tests.integration.webhooks.hooked import Hooked

Times = Callable[[int], int]
CHILDREN = 2  # STONKS_WORKER_PROCESSES


def unknown(load: Counted) -> int:
    """Attempts of which nobody can say whether they arrived."""
    return Counter(outcome for _, outcome in attempts(load.hook))[Outcome.UNKNOWN]


def twice_delivered(load: Counted) -> int:
    """Events that two senders say they delivered."""
    found = Counter(id_ for id_, outcome in attempts(load.hook) if outcome == Outcome.DELIVERED)
    return sum(many > 1 for many in found.values())


@pytest.mark.soak
def test_kill_9_of_a_worker_in_the_middle_of_telling(
    hooked: Hooked, tmp_path: Path, times: Times
) -> None:
    many = times(3)
    with counted(hooked, tmp_path, lambda: f"kill -9 of the worker, {many} times") as load:
        for _ in range(many):
            with load.receiver.gate() as gate:
                wait_until(lambda: gate.arrived > 0, "one arrives")
                hooked.worker.kill()
            load.pass_leases()
            hooked.worker.start()
            load.wait_for(60)
    assert unknown(load) >= many, "each left something in the middle"


@pytest.mark.soak
def test_kill_9_of_one_child_of_a_worker(hooked: Hooked, tmp_path: Path, times: Times) -> None:
    many = times(3)
    with counted(hooked, tmp_path, lambda: f"kill -9 of one child, {many} times") as load:
        for _ in range(many):
            with load.receiver.gate() as gate:
                wait_until(lambda: gate.arrived > 0, "one arrives")
                os.kill(random.choice(hooked.worker.worker_pids), signal.SIGKILL)
            load.pass_leases()
            load.wait_for(60)
            wait_until(lambda: len(hooked.worker.worker_pids) == CHILDREN, "it is replaced")


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "hung"])
def test_another_relay_takes_over_from_one_that_is_killed_or_hangs(
    hooked: Hooked, tmp_path: Path, fault: signal.Signals
) -> None:
    active, hooked.relay = hooked.relay, hooked.servers.relay(**hooked.settings)
    with counted(hooked, tmp_path, lambda: f"{fault.name} to the active relay") as load:
        os.kill(active.pid, fault)
        load.wait_for(100)
        wait_until(lambda: "relay_active" in hooked.relay.logged(), "the other is active")
        if fault is signal.SIGSTOP:
            os.kill(active.pid, signal.SIGCONT)
            wait_until(lambda: "relay_stands_by" in active.logged(), "it is not active any more")
        load.wait_for(100)
    active.kill()


def test_a_worker_that_was_stopped_and_goes_on_beside_another_puts_nothing_out_of_order(
    hooked: Hooked, tmp_path: Path
) -> None:
    with counted(hooked, tmp_path, lambda: "SIGSTOP to a worker, for longer than a lease") as load:
        with load.receiver.gate() as gate:
            wait_until(lambda: gate.arrived > 0, "one arrives")
            load.stop(hooked.worker)
        load.pass_leases()
        other = hooked.another_worker()
        load.wait_for(200)
        before = twice_delivered(load)
        os.killpg(hooked.worker.pid, signal.SIGCONT)
        load.wait_for(100)
        wait_until(
            lambda: twice_delivered(load) > before, "whoever came back says what became of it"
        )
    assert unknown(load) > 0, "the other could not know what had arrived"
    assert other.terminate(PATIENCE) == 0


def test_kill_9_of_a_server_loses_nothing_that_was_acknowledged(
    hooked: Hooked, tmp_path: Path
) -> None:
    if len(hooked.servers.made) == 1:
        hooked.servers(**hooked.settings)
    with counted(hooked, tmp_path, lambda: "kill -9 of each of two servers") as load:
        for server in hooked.servers.made:
            server.kill()
            load.load.wait_for(50)
            server.start()
            load.wait_for(50)
