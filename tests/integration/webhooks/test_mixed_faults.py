"""Anything may go wrong, one thing after another; each event is told, in order."""

import os
import random
import signal
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from time import sleep

import pytest
from redis import Redis

from tests.integration.promises.database import terminate_backends
from tests.integration.promises.test_postgres_away import Postgres
from tests.integration.promises.test_redis_away import Valkey
from tests.integration.waiting import PATIENCE
from tests.integration.webhooks.counting import Counted, counted
from tests.integration.webhooks.hooked import Hooked
from tests.integration.webhooks.scripted import FAILS
from tests.integration.webhooks.test_stores_away import hooked, postgres, valkey

__all__ = ["hooked", "postgres", "valkey"]

SEED = 20260105
FAULTS = 6


@dataclass(slots=True)
class Faults:
    """Each leaves everything running again."""

    load: Counted
    postgres: Postgres
    valkey: Valkey
    dice: random.Random
    done: Counter[str] = field(default_factory=Counter)

    def inject(self) -> None:
        fault = self.dice.choice(
            [
                self.kill_worker,
                self.kill_child,
                self.stop_worker,
                self.kill_relay,
                self.kill_server,
                self.kill_receiver,
                self.refuse,
                self.cut_backends,
                self.crash_postgres,
                self.flush_redis,
                self.kill_redis,
                self.stall_redis,
            ]
        )
        sleep(self.dice.uniform(0, 0.2))
        fault()
        self.done[fault.__name__] += 1

    def kill_worker(self) -> None:
        self.load.hooked.worker.kill()
        self.load.hooked.worker.start()

    def kill_child(self) -> None:
        os.kill(self.dice.choice(self.load.hooked.worker.worker_pids), signal.SIGKILL)

    def stop_worker(self) -> None:
        """For longer than a lease, while another tells."""
        worker = self.load.hooked.worker
        self.load.stop(worker)
        self.load.pass_leases()
        other = self.load.hooked.another_worker()
        self.load.wait_for(10)
        os.killpg(worker.pid, signal.SIGCONT)
        assert other.terminate(PATIENCE) == 0

    def kill_relay(self) -> None:
        self.load.hooked.relay.kill()
        self.load.hooked.relay.start()

    def kill_server(self) -> None:
        self.load.hooked.here.kill()
        self.load.hooked.here.start()

    def kill_receiver(self) -> None:
        self.load.example.kill()
        self.load.example.start()

    def refuse(self) -> None:
        """The next event, once."""
        self.load.receiver.answers.append(FAILS)

    def cut_backends(self) -> None:
        terminate_backends(self.postgres.url)
        self.load.hooked.reconnect()

    def crash_postgres(self) -> None:
        self.postgres.stop_at_once()
        self.postgres.start()
        self.load.hooked.reconnect()

    def flush_redis(self) -> None:
        with Redis.from_url(self.valkey.url) as redis:
            redis.flushall()

    def kill_redis(self) -> None:
        self.valkey.kill()
        self.valkey.start()

    def stall_redis(self) -> None:
        self.valkey.stall(self.dice.uniform(0.2, 2))


@pytest.mark.soak
def test_a_mix_of_faults(
    hooked: Hooked,
    postgres: Postgres,
    valkey: Valkey,
    tmp_path: Path,
    times: Callable[[int], int],
) -> None:
    done: Counter[str] = Counter()
    with counted(hooked, tmp_path, lambda: f"seed {SEED}: {dict(done)}") as load:
        faults = Faults(load, postgres, valkey, random.Random(SEED), done)
        for _ in range(times(FAULTS)):
            faults.inject()
            load.load.wait_for(10)
            load.pass_leases()
            load.wait_for(10)
