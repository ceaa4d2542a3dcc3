"""Endpoints that are behind: how fast they are told, by real processes, and what that takes."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass, field

from rig.endpoints import Endpoints
from rig.fanout import Say
from rig.one_connection import by_http_client, by_socket
from rig.processes import Failed, Tree
from rig.receiver import Counted

FEW = 500
"""Events that are told before anything is measured."""


@dataclass(frozen=True, slots=True)
class CaughtUp:
    """One catching up; CPU-seconds are those a million events."""

    counted: Counted
    worker_cpu: float
    relay_cpu: float
    database_cpu: float
    peak_mib: float


@dataclass(slots=True)
class Single:
    """One endpoint, in rounds with what one connection can do."""

    told: list[CaughtUp] = field(default_factory=list)
    socket: list[float] = field(default_factory=list)
    http_client: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return statistics.median(one.counted.rate for one in self.told)

    def ratio(self, others: Sequence[float]) -> float:
        return self.rate / statistics.median(others)


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """``trees`` are the worker, the relay and PostgreSQL."""

    endpoints: Endpoints
    trees: Sequence[Tree]
    say: Say

    def single(self, slug: str, count: int, rounds: int, bodies: Sequence[bytes]) -> Single:
        seen = Single()
        self.caught_up([slug], FEW, 1)
        for _ in range(rounds):
            seen.told.append(self.caught_up([slug], count, 1))
            seen.socket.append(by_socket(self.endpoints.receiver, bodies))
            seen.http_client.append(by_http_client(self.endpoints.receiver, bodies))
            self.say(
                f"one endpoint: {seen.told[-1].counted.rate:,.0f} events a second; one socket"
                f" {seen.socket[-1]:,.0f}, http.client {seen.http_client[-1]:,.0f}"
            )
        return seen

    def many(self, slugs: Sequence[str], each: int, counts: Sequence[int]) -> Sequence[CaughtUp]:
        """All endpoints of these channels, ``each`` of a channel, behind by so many each time."""
        self.caught_up(slugs, FEW // 50, each)
        told = []
        for count in counts:
            told.append(self.caught_up(slugs, count, each))
            self.say(
                f"{each * len(slugs)} endpoints: {told[-1].counted.rate:,.0f} events a second,"
                f" {told[-1].worker_cpu:,.0f} CPU-seconds a million, {told[-1].peak_mib:.0f} MiB"
            )
        return told

    def caught_up(self, slugs: Sequence[str], count: int, each: int) -> CaughtUp:
        """Raises ``Failed`` unless each was told everything, in order and once."""
        self.endpoints.receiver.forget()
        self.trees[0].forget_peak()
        before = [tree.cpu_seconds() for tree in self.trees]
        self.endpoints.fall_behind(slugs, count)
        self.endpoints.catch_up()
        counted, wanted = self.endpoints.receiver.count(), count * each * len(slugs)
        if (counted.events, counted.gaps, counted.doubles) != (wanted, 0, 0):
            raise Failed(f"not {wanted:,} events once and in order: {counted}")
        used = [tree.cpu_seconds() - was for tree, was in zip(self.trees, before, strict=True)]
        worker, relay, database = (cpu / wanted * 1e6 for cpu in used)
        return CaughtUp(counted, worker, relay, database, self.trees[0].peak_kib() / 1024)
