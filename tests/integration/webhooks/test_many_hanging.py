"""Far more receivers hang than are told side by side; whoever is quick is told all the same."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.integration.egress.listening import listening, say_nothing
from tests.integration.waiting import wait_until
from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.receivers import told

THREADS, HANGING, CHANNELS = 4, 40, 4


@pytest.fixture(scope="module")
def chosen() -> Mapping[str, object]:
    """One process, which tells 8 side by side in each lane."""
    return {"worker_processes": 1, "worker_threads": THREADS}


def test_forty_that_hang_hold_up_nobody(hooked: Hooked, tmp_path: Path) -> None:
    channels = [hooked.open_channel() for _ in range(CHANNELS)]
    there = hooked.open_channel()
    with (
        listening(say_nothing) as listener,
        told(there, tmp_path / "events.jsonl") as (hook, receiver),
    ):
        hanging = []
        for number in range(HANGING):
            hanging.append(channels[number % CHANNELS].add(f"http://127.0.0.1:{listener.port}/"))
            hanging[-1].was_verified()
        for channel in channels:
            channel.say("does anybody hear this?")
        wait_until(lambda: listener.connections >= THREADS, "the first hang")
        from time import monotonic
        b = monotonic()
        there.say("this is heard")
        hook.wait_until_told_all(120)
        print("HONEST AFTER", monotonic() - b, listener.connections, [len(x.told()) for x in hanging])
        assert receiver.seqs() == [1]
        assert all(one.told() == [] for one in hanging), "they hang still"
