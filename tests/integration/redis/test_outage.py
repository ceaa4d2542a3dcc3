"""Redis goes away: what is said is still stored, seen on every server, and seen once."""

import signal
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import pytest

from stonks.adapters.embedded import places
from stonks.adapters.embedded.process import Running
from stonks.adapters.embedded.valkey import EmbeddedValkey
from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import open_channel, sign_up

SWEPT = 6.0  # seconds: two sweeps and a busy machine


class Outage:
    """A Redis of this test's own, and two servers that need it."""

    def __init__(self, var: Path) -> None:
        self.store = EmbeddedValkey(var)
        self.running: Running = self.store.start()

    def send(self, which: signal.Signals) -> None:
        self.running.child.send_signal(which)
        if which is signal.SIGKILL:
            self.running.child.wait()

    def start_again(self) -> None:
        self.running = self.store.start()


@pytest.fixture
def outage() -> Iterator[Outage]:
    with TemporaryDirectory(prefix="stonks-redis-") as var:  # short: it holds a Unix socket
        outage = Outage(Path(var))
        yield outage
        outage.send(signal.SIGCONT)
        outage.running.stop()


@pytest.fixture
def pair(
    outage: Outage, postgres_url: str, private_key: str, tmp_path: Path
) -> Iterator[tuple[RunningServer, RunningServer]]:
    servers = Servers(postgres_url, places.redis_url(outage.store.var), private_key, tmp_path)
    with ExitStack() as stack:
        stack.callback(servers.end)
        yield servers(), servers()


@pytest.mark.parametrize("fault", [signal.SIGKILL, signal.SIGSTOP], ids=["killed", "stalled"])
def test_entries_arrive_without_redis_and_at_once_when_it_is_back(
    outage: Outage, pair: tuple[RunningServer, RunningServer], fault: signal.Signals
) -> None:
    here, there = pair
    host = sign_up(here, f"host{fault.name.lower()}")
    room = open_channel(here, f"outage-{fault.name.lower()}", host)
    with Client(here, person=host) as writer, Client(there) as reader:
        reader.subscribe(room)
        assert writer.ask(room, "before")["type"] == "ack"
        assert reader.until(type="entry")["seq"] == 1
        outage.send(fault)
        for number in range(2, 6):
            assert writer.ask(room, f"without redis {number}")["seq"] == number
        seen = [reader.until(seconds=SWEPT, type="entry")["seq"] for _ in range(2, 6)]
        assert seen == [2, 3, 4, 5]
        if fault is signal.SIGKILL:
            outage.start_again()
        else:
            outage.send(signal.SIGCONT)
        assert _soonest(writer, reader, room) < 1
        with Client(there) as late:
            late.subscribe(room, after=1)
            assert late.until(type="entry")["seq"] == 2


def _soonest(writer: Client, reader: Client, room: str) -> float:
    """How long an entry takes from server to server, once things have settled."""
    took = []
    until = monotonic() + 20
    while (not took or took[-1] > 0.5) and monotonic() < until:
        seq = writer.ask(room, f"after {len(took)}")["seq"]
        started = monotonic()
        assert reader.until(seconds=SWEPT, type="entry")["seq"] == seq
        took.append(monotonic() - started)
    return took[-1]
