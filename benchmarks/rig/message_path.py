"""What endpoints of a hot room cost whoever writes in it."""

import os
import signal
import statistics
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from rig.endpoints import Endpoints
from rig.fanout import Say
from rig.load import Load, Run
from rig.processes import Tree

SENDERS, WINDOW, LISTENERS = 8, 64, 1
PACE = 100
CALM = 0.5
"""Seconds until what was under way in one measure no longer comes in the next."""
NONE, ONE, TEN, AGAIN = "none", "1", "10", "none again"
ARMS = {NONE: 0, ONE: 1, TEN: 10, AGAIN: 0}
"""Endpoints of each room: two without any tell how far apart the same thing is measured."""
FULL, PACED, SHARED = "as many as can be", f"{PACE} a second", "as many as can be, shared"
"""In the first way the workers are stopped meanwhile, as if they were on other machines: a chat
that takes all that two cores have, and workers that do, are no measure of each other."""


@dataclass(slots=True)
class MessagePath:
    """Runs by way (full, paced) and arm; samples are CPU-seconds of the web process, then of
    PostgreSQL."""

    runs: dict[tuple[str, str], list[Run]] = field(default_factory=lambda: defaultdict(list))
    told: dict[tuple[str, str], list[float]] = field(default_factory=lambda: defaultdict(list))
    """Events a second that endpoints were told meanwhile."""

    def rates(self, way: str, arm: str) -> Sequence[float]:
        return [run.acks / run.seconds for run in self.runs[way, arm]]

    def costs(self, way: str, arm: str, part: int = 0) -> Sequence[float]:
        """CPU-microseconds a message."""
        return [run.samples[part] / max(run.acks, 1) * 1e6 for run in self.runs[way, arm]]

    def late(self, way: str, arm: str) -> tuple[float, float]:
        """p50 and p99, medians of the rounds."""
        runs = self.runs[way, arm]
        return statistics.median(r.p50 for r in runs), statistics.median(r.p99 for r in runs)

    def cost_ratio(self, way: str, arm: str) -> float:
        return _ratio(self.costs(way, arm), self.costs(way, NONE))

    def rate_ratio(self, way: str, arm: str) -> float:
        return _ratio(self.rates(way, arm), self.rates(way, NONE))

    def late_ratio(self, way: str, arm: str) -> float:
        """Of the p99."""
        return _ratio(*([run.p99 for run in self.runs[way, one]] for one in (arm, NONE)))

    def unclean(self) -> list[str]:
        every = [(name, run) for name, runs in self.runs.items() for run in runs]
        return [f"storing, endpoints {name}: {run}" for name, run in every if not run.is_clean]


def _ratio(these: Sequence[float], those: Sequence[float]) -> float:
    """Of rounds beside each other, the median: a noisy minute falls on both."""
    return statistics.median(this / (that or 1) for this, that in zip(these, those, strict=True))


@dataclass(frozen=True, slots=True)
class Writing:
    """``trees`` are the web process and PostgreSQL."""

    endpoints: Endpoints
    worker: Tree
    ways: Sequence[str]
    trees: Sequence[Tree]
    say: Say

    def __call__(self, loads: Mapping[str, Load], rounds: int, seconds: float) -> MessagePath:
        """``loads`` by arm, each in a room of its own; they take turns."""
        seen = MessagePath()
        for load in loads.values():
            load.receivers(LISTENERS)
            load.senders(SENDERS)
            load.store(SENDERS, WINDOW, seconds / 3)
        self.endpoints.rest()
        for number in range(rounds):
            for arm in _turned(list(loads), number):
                for way in self.ways:
                    self._round(seen, way, arm, loads[arm], seconds)
        return seen

    def _round(self, seen: MessagePath, way: str, arm: str, load: Load, seconds: float) -> None:
        time.sleep(CALM)
        self.endpoints.receiver.forget()
        if way == PACED:
            run = load.pace(PACE, seconds, self._used)
        elif way == SHARED:
            run = load.store(SENDERS, WINDOW, seconds, self._used)
        else:
            with _stopped(self.worker):
                run = load.store(SENDERS, WINDOW, seconds, self._used)
        seen.told[way, arm].append(self.endpoints.receiver.count().events / run.seconds)
        if ARMS[arm]:
            self.endpoints.rest()
        seen.runs[way, arm].append(run)
        self.say(
            f"endpoints {arm}, {way}: {run.acks / run.seconds:,.0f} a second,"
            f" {seen.costs(way, arm)[-1]:.0f} µs each, p99 {run.p99:.1f} ms"
        )

    def _used(self) -> tuple[float, ...]:
        return tuple(tree.cpu_seconds() for tree in self.trees)


@contextmanager
def _stopped(tree: Tree) -> Iterator[None]:
    pids = tree.pids()
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for pid in pids:
            os.kill(pid, signal.SIGCONT)


def _turned(arms: list[str], number: int) -> list[str]:
    """Another one is first in each round."""
    first = number % len(arms)
    return arms[first:] + arms[:first]
