"""Telling endpoints: those that are behind, those of a chat, and what that costs the chat."""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import psycopg2
from redis import Redis

from rig.bench import others_used
from rig.build import compiled
from rig.catching_up import CatchingUp, CaughtUp, Single
from rig.endpoints import Endpoints
from rig.fanout import Say
from rig.lagging import Lag, Lagging
from rig.load import Load
from rig.machine import CORES, REST, SERVER
from rig.message_path import ARMS, FULL, PACED, SHARED, MessagePath, Writing
from rig.product import Product, start_product
from rig.receiver import receiver
from rig.stores import Stores, stores
from rig.telling import Workers, workers
from rig.waking import Waking, Woken
from stonks.domain.ids import RoomId
from stonks.entrypoints.container import Container
from stonks.entrypoints.settings import read_settings

PARTS = ("single", "many", "path", "lag", "wake")
CHANNELS, EACH = 20, 10
BODIES = 5_000
GIVING_WAY = ("nice", "-n", "19")
"""A worker that is on the core of the load and the stores goes after them."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How far endpoints are behind, and for how long a chat is looked at."""

    rounds: int
    single: int
    many: tuple[int, ...]
    path_rounds: int
    path_seconds: float
    path_ways: tuple[str, ...]
    chats: tuple[tuple[int, float], ...]
    chat_seconds: float
    resting: tuple[int, ...]


FULL_AMOUNTS = Amounts(
    rounds=3,
    single=20_000,
    many=(100, 400),
    path_rounds=3,
    path_seconds=2,
    path_ways=(FULL, PACED, SHARED),
    chats=((1, 1_000), (10, 100), (10, 1_000)),
    chat_seconds=20,
    resting=(10_000, 100_000),
)
QUICK_AMOUNTS = Amounts(
    rounds=1,
    single=3_000,
    many=(20, 60),
    path_rounds=1,
    path_seconds=0.6,
    path_ways=(FULL, PACED),
    chats=((1, 1_000), (10, 100)),
    chat_seconds=3,
    resting=(10_000,),
)


@dataclass(slots=True)
class WebhooksFound:
    """All that one run found."""

    command: str
    versions: str = ""
    single: Single | None = None
    many: list[CaughtUp] = field(default_factory=list)
    path: MessagePath | None = None
    lags: list[Lag] = field(default_factory=list)
    woken: list[Woken] = field(default_factory=list)
    others: float = 0.0


@dataclass(frozen=True, slots=True)
class Webhooks:
    """A run in ``folder`` of the ``parts`` that are asked for."""

    amounts: Amounts
    folder: Path
    say: Say
    parts: tuple[str, ...] = PARTS

    def __call__(self, command: str) -> WebhooksFound:
        found = WebhooksFound(command)
        before, started = others_used(), time.monotonic()
        compiled("load")
        with ExitStack() as stack:
            kept = stack.enter_context(stores(self.folder))
            told = stack.enter_context(receiver(self.folder))
            product = start_product(self.folder, kept, {"STONKS_EGRESS_ALLOW": "127.0.0.0/8"})
            stack.callback(product.stop)
            container = Container(settings=read_settings(product.environ))
            stack.callback(container.engine().dispose)
            database = stack.enter_context(closing(psycopg2.connect(kept.dsn)))
            database.autocommit = True
            cursor = stack.enter_context(database.cursor())
            found.versions = kept.version()
            endpoints = Endpoints(product, told, container.engine(), cursor)
            run = _Run(self.amounts, product, kept, endpoints, container, self.say)
            for part in self.parts:
                getattr(run, part)(found)
        found.others = (others_used() - before) / (time.monotonic() - started) / len(CORES)
        return found


@dataclass(frozen=True, slots=True)
class _Run:
    amounts: Amounts
    product: Product
    kept: Stores
    endpoints: Endpoints
    container: Container
    say: Say

    def single(self, found: WebhooksFound) -> None:
        slug = self.product.channel_of(0)
        with self._working(SERVER) as busy:
            self.endpoints.add(slug, 0, 1)
            self.endpoints.fall_behind([slug], BODIES)
            bodies = self._bodies(slug)
            self.endpoints.catch_up()
            found.single = self._catching_up(busy).single(
                slug, self.amounts.single, self.amounts.rounds, bodies
            )
        self._forget_endpoints()

    def many(self, found: WebhooksFound) -> None:
        slugs = [self.product.channel_of(0) for _ in range(CHANNELS)]
        for number, slug in enumerate(slugs):
            self.endpoints.add(slug, number * EACH, EACH)
        with self._working(SERVER) as busy:
            found.many += self._catching_up(busy).many(slugs, EACH, self.amounts.many)
        self._forget_endpoints()

    def path(self, found: WebhooksFound) -> None:
        loads, first = {}, 0
        for arm, count in ARMS.items():
            slug, loads[arm] = self._room()
            self.endpoints.add(slug, first, count)
            first += count
        trees = (self.product.tree, self.kept.database)
        with self._working(REST, GIVING_WAY) as busy:
            writing = Writing(self.endpoints, busy.worker, self.amounts.path_ways, trees, self.say)
            found.path = writing(loads, self.amounts.path_rounds, self.amounts.path_seconds)
        for load in loads.values():
            load.close()
        self._forget_endpoints()

    def lag(self, found: WebhooksFound) -> None:
        lagging = Lagging(self.endpoints, self.say)
        with self._working({*CORES}):
            for count, rate in self.amounts.chats:
                slug, load = self._room()
                self.endpoints.add(slug, 0, count)
                load.receivers(1)
                load.senders(8)
                load.pace(rate, 1)
                self.endpoints.rest()
                found.lags.append(lagging(load, count, rate, self.amounts.chat_seconds))
                load.close()
                self._forget_endpoints()

    def wake(self, found: WebhooksFound) -> None:
        self.endpoints.cursor.execute(
            """SELECT id::text FROM "Profile" WHERE username = 'bench0'"""
        )
        (host,) = self.endpoints.cursor.fetchone() or ("",)
        waking = Waking(self.container.wake_endpoints(), self.endpoints.cursor, self.say)
        found.woken += [waking(host, resting) for resting in self.amounts.resting]

    @contextmanager
    def _working(self, cores: set[int], first: tuple[str, ...] = ()) -> Iterator[Workers]:
        cursor = self.endpoints.cursor
        with (
            closing(Redis.from_url(self.kept.redis_url)) as redis,
            workers(self.product, redis, cursor, cores, first=first) as busy,
        ):
            yield busy

    def _catching_up(self, busy: Workers) -> CatchingUp:
        trees = (busy.worker, busy.relay, self.kept.database)
        return CatchingUp(self.endpoints, trees, self.say)

    def _room(self) -> tuple[str, Load]:
        """A new room: its channel's slug, and the load that writes in it."""
        dialect = self.product.rooms(1)
        slug = dialect.rooms.read_text().split()[0] if dialect.rooms else ""
        return slug, Load(self.product.port, dialect)

    def _bodies(self, slug: str) -> list[bytes]:
        """As endpoints of this channel are sent them."""
        cursor, bodies = self.endpoints.cursor, list[bytes]()
        cursor.execute(
            "SELECT r.id::text FROM rooms r JOIN channels c ON c.id = r.channel_id"
            " WHERE c.slug = %s",
            (slug,),
        )
        (room,) = cursor.fetchone() or ("",)
        while len(bodies) < BODIES:
            with self.container.begin_webhooks()() as work:
                run = work.events.after(RoomId(UUID(room)), len(bodies), (), BODIES)
            bodies += [event.body for event in run.events]
        return bodies

    def _forget_endpoints(self) -> None:
        self.endpoints.cursor.execute("TRUNCATE webhook_endpoints, webhook_attempts")
