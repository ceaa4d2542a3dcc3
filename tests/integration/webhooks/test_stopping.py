"""A worker that is told to stop while a receiver takes its time."""

import signal
from os import kill

import psutil

from tests.integration.servers import RunningInBackground
from tests.integration.waiting import PATIENCE, wait_until
from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.scripted import scripted


def alive(worker: RunningInBackground) -> int:
    """Its processes; one that has ended is a zombie until all have."""
    children = psutil.Process(worker.pid).children()
    return sum(child.status() != psutil.STATUS_ZOMBIE for child in children)


def test_what_is_on_its_way_is_finished_and_written_down(hooked: Hooked) -> None:
    channel = hooked.open_channel()
    with scripted() as receiver:
        hook = channel.add(receiver.url)
        hook.activate()
        with receiver.gate() as gate:
            channel.say_many(5)
            wait_until(lambda: gate.arrived > 0, "the first is on its way")
            kill(hooked.worker.pid, signal.SIGTERM)
            wait_until(lambda: alive(hooked.worker) <= 1, "the one that is idle ends")
            channel.say("this comes while it stops")
        assert hooked.worker.process is not None
        assert hooked.worker.process.wait(PATIENCE) == 0
        attempts, position = hook.told(), hook.read()["position"]
        assert [attempt["outcome"] for attempt in attempts] == ["delivered"] * len(receiver.asked)
        assert position == len(attempts) > 0, "what was sent is written down"
        hooked.worker.start()
        hook.wait_until_told_all()
        log = [entry["seq"] for entry in channel.log()]
        assert receiver.seqs() == log, "each once, in order"
        assert [attempt["outcome"] for attempt in hook.told()] == ["delivered"] * len(log)
