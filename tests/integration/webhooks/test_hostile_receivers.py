"""Receivers that hang, drip, cut off, bomb and lie; everybody else is told in time."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

import psutil
import pytest

from stonks.domain.webhooks.retrying import DELAYS, JITTER
from tests.integration.egress.certificates import new_authority
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.hostile import LONG_AGO, SLOW, Hostile, hostile
from tests.integration.webhooks.receivers import told

MESSAGES = 10
PEAK = re.compile(r"^VmHWM:\s+(\d+) kB$", re.M)
MUCH = 64 * 1024 * 1024
A_WHILE = timedelta(seconds=60)
"""What may pass on a busy machine between an attempt's end and its being written down."""
SLOW_ONES = {*SLOW, "is deaf"}


@pytest.fixture(scope="module")
def chosen() -> Mapping[str, object]:
    """One worker's one process serves them all: 24 side by side in each lane."""
    return {"worker_processes": 1, "worker_threads": 12}


def test_hostile_receivers_hold_up_nobody_else(hooked: Hooked, tmp_path: Path) -> None:
    here, there = hooked.open_channel(), hooked.open_channel()
    untrusted = new_authority(tmp_path).serving("127.0.0.1")
    with (
        hostile(here, untrusted) as enemies,
        told(here, tmp_path / "here.jsonl") as (near, near_receiver),
        told(there, tmp_path / "there.jsonl") as (far, far_receiver),
    ):
        before = memory(hooked)
        for channel in (here, there):
            channel.say_many(MESSAGES)
        for hook in (near, far):
            hook.wait_until_told_all()
        for name in SLOW_ONES:
            assert enemies[name].hook.told() == [], f"who {name} is at it still"
        assert near_receiver.seqs() == [entry["seq"] for entry in here.log()]
        assert far_receiver.seqs() == [entry["seq"] for entry in there.log()]
        for hook in (near, far):
            assert {attempt["outcome"] for attempt in hook.told()} == {"delivered"}
        for name, enemy in enemies.items():
            if name != "other":
                check(name, enemy)
        other = enemies["other"].listener
        assert other is not None
        assert other.connections == 0, "no redirect is followed"
        assert memory(hooked) - before < MUCH, "nobody's answer is kept"


def check(name: str, enemy: Hostile) -> None:
    hook, fate = enemy.hook, enemy.fate
    wait_until(lambda: bool(hook.told()), f"what became of who {name} is on record")
    first, read = hook.told()[0], hook.read()
    assert type(fate).of(first) == fate, name
    if fate.outcome == "delivered":
        hook.wait_until_told_all()
        return
    assert first["seq"] == 1, "it was told of nothing before"
    assert read["position"] == 0, f"who {name} keeps their place"
    if fate.reason == "gone":
        assert (read["status"], read["disabledReason"]) == ("disabled", "gone")
        return
    assert read["status"] == "active"
    assert hook.lane() == "slow", name
    last = hook.told()[-1]
    if read["failures"] == len(hook.told()):  # else it is being tried again at this moment
        check_delay(name, last, read)


def check_delay(name: str, last: dict[str, object], read: dict[str, object]) -> None:
    """It is left alone for as long as is promised, and not much longer."""
    took = timedelta(milliseconds=float(str(last["durationMs"])))
    ended = datetime.fromisoformat(str(last["at"])) + took
    wanted = DELAYS[int(str(read["failures"])) - 1]
    if name == "slows down":
        wanted = max(wanted, timedelta(seconds=LONG_AGO))
    put_off = datetime.fromisoformat(str(read["nextAttemptAt"])) - ended
    assert wanted <= put_off <= wanted * (1 + JITTER) + A_WHILE, name


def memory(hooked: Hooked) -> int:
    """The most that the process ever had, where that is known, or what it has now."""
    (process,) = hooked.worker.worker_pids
    status = Path(f"/proc/{process}/status")
    known = PEAK.search(status.read_text()) if status.exists() else None
    return int(known[1]) * 1024 if known else int(psutil.Process(process).memory_info().rss)
