"""A stream's start told through the real processes: relay, worker, push."""

import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

import psycopg2
from psycopg2.extensions import cursor as Cursor  # noqa: N812 - it is a class
from redis import Redis

from rig.crowd import empty
from rig.fanout import Say
from rig.machine import REST, SERVER
from rig.people import ask
from rig.processes import Failed, Tree, background
from rig.product import STONKS_COMMAND, Product
from rig.push_service import PushService
from rig.stores import Stores

LONGEST = 600.0
"""Seconds until it is given up."""
_LOOK = """
SELECT (SELECT count(*) > %(before)s FROM notices) AND NOT EXISTS (SELECT FROM fanouts),
       NOT EXISTS (SELECT FROM notification_batches),
       NOT EXISTS (SELECT FROM deliveries WHERE state = 'waiting')
       AND NOT EXISTS (SELECT FROM deliveries WHERE state = 'leaving')
"""
_PUSHES = """
SELECT state, count(*) FROM deliveries
 WHERE way = 'push' AND notice_id = %s::uuid AND state <> 'skipped' GROUP BY state
"""
_HINTS = "cmdstat_lpush"


@dataclass(frozen=True, slots=True)
class Told:
    """One start; seconds are since it was asked for."""

    followers: int
    inboxes: float
    decided: float
    first_push: float | None
    last_push: float | None
    pushes: int
    worker_cpu: float
    database_cpu: float
    peak_mib: float
    hints: int


@dataclass(frozen=True, slots=True)
class Workers:
    """The processes that do the work."""

    worker: Tree
    relay: Tree


@contextmanager
def workers(
    product: Product,
    redis: Redis,
    cursor: Cursor,
    cores: set[int] = SERVER,
    *,
    first: tuple[str, ...] = (),
) -> Iterator[Workers]:
    """A worker, on these cores and by a command that comes ``first``, and a relay: both ready."""
    worker = background(
        (*first, *STONKS_COMMAND, "worker"),
        cores=cores,
        log=product.folder / "worker.log",
        environ=product.environ,
    )
    relay = background(
        (*STONKS_COMMAND, "relay"),
        cores=REST,
        log=product.folder / "relay.log",
        environ=product.environ,
    )
    with worker as worker_tree, relay as relay_tree:
        until = time.monotonic() + 60
        while not (_has_consumer(redis) and _has_relay(cursor)):
            if time.monotonic() > until:
                raise Failed("the worker and the relay did not begin")
            time.sleep(0.1)
        yield Workers(worker_tree, relay_tree)


@dataclass(frozen=True, slots=True)
class Telling:
    """``warm`` and each host are places among those who signed up."""

    product: Product
    behind: Stores
    pushes: PushService
    say: Say

    def __call__(self, host: int, followers: int, devices: int, warm: int) -> Told:
        """New processes, warmed by a small start, then the start that is measured."""
        with (
            closing(psycopg2.connect(self.behind.dsn)) as connection,
            closing(Redis.from_url(self.behind.redis_url)) as redis,
        ):
            connection.autocommit = True
            with connection.cursor() as cursor, workers(self.product, redis, cursor) as busy:
                cursor.execute("SET enable_seqscan = off")  # looking must cost next to nothing
                self._start(warm, cursor)
                self.pushes.counted()
                told = self._measured(host, followers, cursor, redis, busy)
            with connection.cursor() as cursor:
                self._check(told, devices, cursor)
                empty(cursor)
        self.say(
            f"{followers:,} followers: inboxes in {told.inboxes:.1f} s, all decided in"
            f" {told.decided:.1f} s, {told.pushes:,} pushes until {told.last_push or 0:.1f} s"
        )
        return told

    def _measured(
        self, host: int, followers: int, cursor: Cursor, redis: Redis, busy: Workers
    ) -> Told:
        busy.worker.forget_peak()
        trees = (busy.worker, self.behind.database)
        used, hints = [tree.cpu_seconds() for tree in trees], _hints(redis)
        start = time.monotonic()
        inboxes, decided = self._start(host, cursor)
        counted = self.pushes.counted()
        worker, database = (
            tree.cpu_seconds() - before for tree, before in zip(trees, used, strict=True)
        )
        return Told(
            followers=followers,
            inboxes=inboxes - start,
            decided=decided - start,
            first_push=counted.first and counted.first - start,
            last_push=counted.last and counted.last - start,
            pushes=counted.pushes,
            worker_cpu=worker,
            database_cpu=database,
            peak_mib=busy.worker.peak_kib() / 1024,
            hints=_hints(redis) - hints,
        )

    def _start(self, host: int, cursor: Cursor) -> tuple[float, float]:
        """When all inboxes were filled, and when all ways were decided; returns when all is out."""
        cursor.execute("SELECT count(*) FROM notices")
        (before,) = cursor.fetchone() or (0,)
        slug, token = self.product.channel_of(host), self.product.tokens[host]
        ask(
            self.product.port,
            f"/api/v1/channels/{slug}/streams",
            {"title": "Measured"},
            token=token,
        )
        reached: list[float] = []
        until = time.monotonic() + LONGEST
        while len(reached) < 3:
            if time.monotonic() > until:
                raise Failed(f"not all was told within {LONGEST:.0f} seconds: {reached}")
            cursor.execute(_LOOK, {"before": before})
            looked = cursor.fetchone() or (False,)
            while len(reached) < 3 and all(looked[: len(reached) + 1]):
                reached.append(time.monotonic())
            time.sleep(0.02)
        return reached[0], reached[1]

    def _check(self, told: Told, devices: int, cursor: Cursor) -> None:
        """Everybody has it, and every device was pushed to, once."""
        cursor.execute("SELECT max(id::text) FROM notices")
        notice = cursor.fetchone()
        cursor.execute("SELECT count(*) FROM notifications WHERE notice_id = %s::uuid", notice)
        (rows,) = cursor.fetchone() or (0,)
        cursor.execute(_PUSHES, notice)
        states = dict(cursor.fetchall())
        if (rows, told.pushes, states) != (told.followers, devices, {"sent": devices}):
            raise Failed(f"{rows} rows, {told.pushes} pushes to {devices} devices: {states}")


def _has_consumer(redis: Redis) -> bool:
    return any(client["cmd"] == "brpop" for client in redis.client_list())


def _has_relay(cursor: Cursor) -> bool:
    cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE locktype = 'advisory' AND granted)")
    return bool((cursor.fetchone() or (False,))[0])


def _hints(redis: Redis) -> int:
    return int(redis.info("commandstats").get(_HINTS, {}).get("calls", 0))
