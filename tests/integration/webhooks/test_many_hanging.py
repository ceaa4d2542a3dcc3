"""Far more receivers hang than are told side by side; whoever is quick is told all the same."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.integration.egress.listening import listening, say_nothing
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.receivers import told

THREADS, HANGING, CHANNELS = 8, 40, 4
SIDE_BY_SIDE = 2 * THREADS


@pytest.fixture(scope="module")
def chosen() -> Mapping[str, object]:
    """One process, which tells 16 side by side in each lane."""
    return {"worker_processes": 1, "worker_threads": THREADS}


def test_forty_that_hang_hold_up_nobody(hooked: Hooked, tmp_path: Path) -> None:
    channels, there = [hooked.open_channel() for _ in range(CHANNELS)], hooked.open_channel()
    with (
        listening(say_nothing) as listener,
        told(there, tmp_path / "events.jsonl") as (hook, receiver),
    ):
        url = f"http://127.0.0.1:{listener.port}/"
        hanging = [channels[number % CHANNELS].add(url) for number in range(HANGING)]
        for one in hanging:
            one.was_verified()
        for channel in channels:
            channel.say("does anybody hear this?")
        wait_until(lambda: listener.connections >= SIDE_BY_SIDE, "as many hang as are told at once")
        there.say("this is heard")
        hook.wait_until_told_all()
        assert receiver.seqs() == [1]
        assert [one.told() for one in hanging] == [[]] * HANGING, "they hang still"
        wait_until(lambda: all(one.told() for one in hanging), "what became of each is on record")
        assert {one.told()[0]["reason"] for one in hanging} == {"timeout"}
        there.say("and so is this, while they are tried again")
        hook.wait_until_told_all()
        assert receiver.seqs() == [1, 2]
