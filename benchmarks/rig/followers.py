"""Telling all followers of a stream's start: inbox rows, then the whole way to the devices."""

import time
from collections.abc import Mapping
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2
from redis import Redis

from rig.bench import others_used
from rig.crowd import EVERY, follow, gather, settle
from rig.fanout import Say
from rig.hinting import JOB, Hinting, hinting
from rig.inboxes import Inboxes, Measure
from rig.machine import CORES
from rig.product import Product, start_product
from rig.push_service import PushService, push_service
from rig.stores import Stores, stores
from rig.telling import Telling, Told
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings

WARM = 1_000


@dataclass(frozen=True, slots=True)
class Crowds:
    """How many followers, in how many rounds, and how many old rows for each of the most."""

    sizes: tuple[int, ...]
    rounds: int
    old_each: int
    old_rounds: int

    @property
    def most(self) -> int:
        return max(self.sizes)


FULL_CROWDS = Crowds((10_000, 100_000, 1_000_000), rounds=5, old_each=10, old_rounds=2)
QUICK_CROWDS = Crowds((1_000, 10_000), rounds=1, old_each=0, old_rounds=0)


@dataclass(slots=True)
class Found:
    """All that one run found."""

    command: str
    versions: str = ""
    followers: int = 0
    rows: list[Inboxes] = field(default_factory=list)
    told: list[Told] = field(default_factory=list)
    hints: Hinting | None = None
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class Followers:
    """A run in ``folder``."""

    crowds: Crowds
    folder: Path
    say: Say

    def __call__(self, command: str) -> Found:
        found = Found(command, followers=self.crowds.most)
        before, started = others_used(), time.monotonic()
        with ExitStack() as stack:
            kept = stack.enter_context(stores(self.folder))
            pushes = stack.enter_context(push_service(self.folder))
            product = start_product(self.folder, kept, _reaching(pushes))
            stack.callback(product.stop)
            found.versions = kept.version()
            host = self._gather(kept, pushes)
            measure = self._measure(product, kept, host)
            stack.callback(measure.container.engine().dispose)
            found.rows.append(measure(self.crowds.rounds))
            found.hints = _hinting(measure.container, kept)
            telling = Telling(product, kept, pushes, self.say)
            for place, size in enumerate(self.crowds.sizes, 1):
                found.told.append(telling(place, size, size // EVERY, warm=0))
            if self.crowds.old_each:
                crowds = self.crowds
                found.rows.append(measure(crowds.old_rounds, crowds.old_each, crowds.most))
        found.others = (others_used() - before) / (time.monotonic() - started) / len(CORES)
        return found

    def _gather(self, kept: Stores, pushes: PushService) -> str:
        """The id of whom the most follow; the others who signed up have fewer, the first a few."""
        self.say(f"gathering {self.crowds.most:,} people")
        with closing(psycopg2.connect(kept.dsn)) as connection:
            connection.autocommit = True
            with connection.cursor() as cursor:
                gather(cursor, self.crowds.most, pushes.browser)
                sizes = enumerate((WARM, *self.crowds.sizes))
                hosts = [follow(cursor, f"bench{place}", size) for place, size in sizes]
                settle(cursor)
        return hosts[-1]

    def _measure(self, product: Product, kept: Stores, host: str) -> Measure:
        container = Container(settings=read_settings(product.environ))
        container.engine.override(container.worker_engine)
        return Measure(container, kept.dsn, kept.database, host, self.crowds.most, self.say)


def _reaching(pushes: PushService) -> Mapping[str, str]:
    """What lets Stonks push to this machine."""
    return {"SSL_CERT_FILE": str(pushes.certificate), "STONKS_EGRESS_ALLOW": "127.0.0.0/8"}


def _hinting(container: Container, kept: Stores) -> Hinting:
    found = hinting(container.hint())
    with closing(Redis.from_url(kept.redis_url)) as redis:
        redis.delete(f"stonks:celery:{JOB}")
    return found
