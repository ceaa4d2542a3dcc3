"""What telling endpoints took, in tables for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from rig.goals import Goal
from rig.lagging import unordered
from rig.message_path import AGAIN, ARMS, FULL, NONE, ONE, PACED, SHARED, TEN, MessagePath
from rig.report import facts, table
from rig.webhooks import CHANNELS, EACH, WebhooksFound

FLAT, SAME, WAKE_MS = 1.1, 1.03, 150
_ORDER = [(way, arm) for way in (FULL, PACED, SHARED) for arm in ARMS]
LEAST_NOISE = 0.02
"""Two measures of the same thing may be closer to each other by chance than they often are."""


@dataclass(frozen=True, slots=True)
class WebhooksReport:
    """The report of one run."""

    found: WebhooksFound

    def __str__(self) -> str:
        found = self.found
        parts = [facts(found.command, found.versions, found.others), self._goals()]
        parts += [self._single(), self._many(), self._path(), self._lags(), self._woken()]
        return "\n\n".join(part for part in [*parts, self._trouble()] if part)

    def _goals(self) -> str:
        rows = [
            (goal.claim, goal.wanted, goal.measured, goal.verdict) for goal in goals(self.found)
        ]
        return "### Goals of telling endpoints\n\n" + table(
            ("goal", "wanted", "measured", ""), rows
        )

    def _single(self) -> str:
        seen = self.found.single
        if not seen:
            return ""
        ways = (
            ("**Stonks**: worker, relay", [one.counted.rate for one in seen.told]),
            ("one socket, requests that are ready", seen.socket),
            ("`http.client`", seen.http_client),
        )
        rows = [
            (
                name,
                f"{median(rates):,.0f}",
                f"{min(rates):,.0f} to {max(rates):,.0f}",
                f"{seen.ratio(rates):.2f}",
            )
            for name, rates in ways
        ]
        shown = table(("way", "events a second", "from … to", "Stonks over it"), rows)
        return (
            f"### One endpoint that is {seen.told[0].counted.events:,} events behind\n\n{shown}\n\n"
            f"A million events took the worker"
            f" {median(one.worker_cpu for one in seen.told):,.0f}, PostgreSQL"
            f" {median(one.database_cpu for one in seen.told):,.0f} and the relay"
            f" {median(one.relay_cpu for one in seen.told):,.0f} CPU-seconds. The receiver was busy"
            f" for {median(one.counted.busy for one in seen.told):.0%} of the time."
        )

    def _many(self) -> str:
        rows = [
            (
                f"{one.counted.events:,}",
                f"{one.counted.rate:,.0f}",
                f"{one.worker_cpu:,.0f}",
                f"{one.database_cpu:,.0f}",
                f"{one.relay_cpu:,.0f}",
                f"{one.peak_mib:.0f} MiB",
                f"{one.counted.busy:.0%}",
            )
            for one in self.found.many
        ]
        head = (
            "events",
            "a second, in total",
            "worker, CPU-seconds a million",
            "PostgreSQL",
            "relay",
            "largest process of the worker",
            "receiver busy",
        )
        title = f"### {CHANNELS * EACH} endpoints of {CHANNELS} channels that are behind\n\n"
        return title + table(head, rows) if rows else ""

    def _path(self) -> str:
        seen = self.found.path
        if not seen:
            return ""
        rows = [_of_path(seen, way, arm) for way, arm in sorted(seen.runs, key=_ORDER.index)]
        head = (
            "endpoints",
            "messages",
            "stored a second",
            "from … to",
            "web process, µs each",
            "from … to",
            "over none",
            "PostgreSQL, µs each",
            "send → last, p50",
            "p99",
            "events told a second",
        )
        return "### Messages of a room with and without endpoints\n\n" + table(head, rows)

    def _lags(self) -> str:
        rows = []
        for lag in self.found.lags:
            first, last = lag.growth
            rows.append(
                (
                    str(lag.endpoints),
                    f"{lag.rate:,.0f}",
                    f"{lag.counted.rate:,.0f}",
                    *(_ms(lag.part(share)) for share in (0.5, 0.95, 0.99, 1)),
                    f"{_ms(first)} → {_ms(last)}",
                    f"{lag.behind:,}",
                )
            )
        head = (
            "endpoints",
            "messages a second",
            "events a second",
            "p50",
            "p95",
            "p99",
            "longest",
            "median of the first third → of the last",
            "behind at the end",
        )
        title = "### From stored to told, while a chat goes on\n\n"
        return title + table(head, rows) if rows else ""

    def _woken(self) -> str:
        rows = [
            (f"{one.resting:,}", f"{one.median:.1f} ms", f"{one.worst:.1f} ms")
            for one in self.found.woken
        ]
        title = "### Looking at all endpoints, once a second\n\n"
        return title + table(("that rest", "median", "longest"), rows) if rows else ""

    def _trouble(self) -> str:
        trouble = self.found.path.unclean() if self.found.path else []
        if count := unordered(self.found.lags):
            trouble.append(f"{count:,} events came twice, or after a gap")
        lines = [f"- Not clean: {line}" for line in trouble]
        return "\n".join(lines) or "- Each endpoint was told every event once, in order."


def goals(found: WebhooksFound) -> Iterator[Goal]:
    if found.path:
        yield from _same(found.path)
    if len(found.many) > 1:
        most, fewer = found.many[-1], found.many[-2]
        claim = (
            f"memory of the worker, {most.counted.events:,} events: over {fewer.counted.events:,}"
        )
        yield Goal.at_most(claim, most.peak_mib / fewer.peak_mib, FLAT, "{:.2f} ×")
    for lag in found.lags[:1]:
        first, last = lag.growth
        claim = f"{lag.endpoints} endpoint, {lag.wanted:,.0f} messages a second: lag does not grow"
        yield Goal.at_most(claim, last / max(first, 1), 2, "{:.2f} ×")
    for woken in found.woken[-1:]:
        claim = f"looking at {woken.resting:,} endpoints that rest"
        yield Goal.at_most(claim, woken.median, WAKE_MS, "{:.0f} ms")


def _same(path: MessagePath) -> Iterator[Goal]:
    """No difference: no more than two rooms without endpoints differ, and 5 % in any case."""
    for arm in (ONE, TEN):
        claim = f"{arm} endpoints of a hot room, stored a second: over none"
        least = 1 / _allowed(path.rate_ratio(FULL, AGAIN))
        yield Goal.at_least(claim, path.rate_ratio(FULL, arm), least, "{:.2f} ×")
    for way in (FULL, PACED):
        for arm in (ONE, TEN):
            claim = f"{arm} endpoints, {way}, CPU of the web process a message: over none"
            most = _allowed(path.cost_ratio(way, AGAIN))
            yield Goal.at_most(claim, path.cost_ratio(way, arm), most, "{:.2f} ×")
    for arm in (ONE, TEN):
        claim = f"{arm} endpoints, {PACED}, send → last, p99: over none"
        most = _allowed(path.late_ratio(PACED, AGAIN))
        yield Goal.at_most(claim, path.late_ratio(PACED, arm), most, "{:.2f} ×")


def _allowed(noise: float) -> float:
    """How much more than none is no difference, where the same thing came to ``noise``."""
    return max(SAME, noise, 1 / (noise or 1)) + LEAST_NOISE


def _of_path(seen: MessagePath, way: str, arm: str) -> tuple[str, ...]:
    rates, costs = seen.rates(way, arm), seen.costs(way, arm)
    p50, p99 = seen.late(way, arm)
    return (
        arm,
        way,
        f"{median(rates):,.0f}",
        f"{min(rates):,.0f} to {max(rates):,.0f}",
        f"{median(costs):.1f}",
        f"{min(costs):.1f} to {max(costs):.1f}",
        "–" if arm == NONE else f"{seen.cost_ratio(way, arm):.2f}",
        f"{median(seen.costs(way, arm, 1)):.1f}",
        f"{p50:.1f} ms",
        f"{p99:.1f} ms",
        f"{median(seen.told[way, arm]):,.0f}",
    )


def _ms(value: float) -> str:
    return f"{value:,.0f} ms"
