"""One run: everything is started once, then measured in turn."""

import os
import re
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from rig.build import Missing, compiled
from rig.fanout import FEW, MANY, PACE, Fanout, Measured, Say, fan_out, pace, weigh
from rig.http import http_load
from rig.load import Load
from rig.machine import CORES, busy_seconds
from rig.processes import Failed, Tree
from rig.product import Product, start_product
from rig.report import Report
from rig.servers import COMMANDS, STONKS, Server, start_peer
from rig.stores import Stores, stores
from rig.storing import Storing, store


@dataclass(frozen=True, slots=True)
class Scale:
    """How long to look; a quick look finds out what broke, it is not for quoting."""

    rounds: int
    seconds: float
    paced_seconds: float


FULL = Scale(rounds=3, seconds=3, paced_seconds=10)
QUICK = Scale(rounds=1, seconds=1, paced_seconds=3)


@dataclass(frozen=True, slots=True)
class Bench:
    """A run in ``folder`` of the servers whose names match ``only``."""

    scale: Scale
    folder: Path
    only: str
    say: Say

    def __call__(self, command: str) -> Report:
        report = Report(command, [], Fanout())
        for tool in ("load", "limit", "http"):
            compiled(tool)
        with ExitStack() as stack:
            measured = list(self._start(stack, report))
            report.servers = [one.server.name for one in measured]
            before, started = others_used(), time.monotonic()
            self._measure(measured, report)
            gained = others_used() - before
            report.others = gained / (time.monotonic() - started) / len(CORES)
        return report

    def _start(self, stack: ExitStack, report: Report) -> Iterator[Measured]:
        for name in [STONKS, *COMMANDS]:
            if not re.search(self.only, name, re.IGNORECASE):
                continue
            self.say(f"{name}: starting")
            try:
                yield self._start_one(stack, name, report)
            except (Missing, Failed) as reason:
                report.skipped.append(f"{name}: {reason}")
                notes = "\n".join(getattr(reason, "__notes__", ()))
                self.say(f"SKIPPED {name}: {reason}\n{notes}")

    def _start_one(self, stack: ExitStack, name: str, report: Report) -> Measured:
        behind: tuple[Tree, ...] = ()
        server: Server
        if name == STONKS:
            kept = stack.enter_context(stores(self.folder))
            report.stores, report.versions = kept, kept.version()
            server = start_product(self.folder, kept)
            behind = (kept.database, kept.redis)
        else:
            server = start_peer(name, self.folder)
        stack.callback(server.stop)
        load = Load(server.port, server.dialect)
        stack.callback(load.close)
        return Measured(server, load, (server.tree, *behind))

    def _measure(self, measured: list[Measured], report: Report) -> None:
        scale, seen = self.scale, report.fanout
        weigh(seen, measured, self.say)
        for receivers in (MANY, FEW):
            fan_out(seen, measured, receivers, scale.rounds, scale.seconds, self.say)
        pace(seen, measured, scale.paced_seconds, self.say)
        for one in measured:
            if isinstance(one.server, Product) and report.stores:
                self._under_http(one, one.server, report)
                one.load.senders(0)
                one.load.receivers(0)
                report.storing = self._store(one.server, report.stores)

    def _under_http(self, one: Measured, product: Product, report: Report) -> None:
        seconds = self.scale.paced_seconds
        rates: list[float] = []
        with http_load(product.port, product.page, seconds + 1, rates):
            run = one.load.pace(PACE, seconds)
        report.under_http, report.http_rate = run, rates[0]
        self.say(
            f"under {rates[0]:,.0f} requests a second: p50 {run.p50:.1f}, p99 {run.p99:.1f} ms"
        )

    def _store(self, product: Product, kept: Stores) -> Storing:
        return store(product, kept, self.scale.rounds, self.scale.seconds, self.say)


def others_used() -> float:
    """Processor time of what is no part of this run."""
    return busy_seconds() - Tree(os.getpid()).cpu_seconds()
