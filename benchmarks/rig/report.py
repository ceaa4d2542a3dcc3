"""The report: tables for people, written between two marks of a document."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from rig.fanout import FEW, MANY, SENDERS, Fanout
from rig.goals import goals
from rig.load import Run
from rig.machine import described
from rig.servers import STONKS
from rig.stores import Stores
from rig.storing import HOT, SPREAD, Storing

QUIET = 0.05
ROOMS, FOLLOWERS, WEBHOOKS = "rooms", "followers", "webhooks"
"""The marks that stand around each part of the document."""


@dataclass(slots=True)
class Report:
    """All that one run found."""

    command: str
    servers: Sequence[str]
    fanout: Fanout
    versions: str = ""
    stores: Stores | None = None
    storing: Storing | None = None
    under_http: Run | None = None
    http_rate: float | None = None
    others: float = 0.0  # of all cores, what other programs and the host took meanwhile
    skipped: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        parts = [facts(self.command, self.versions, self.others), self._goals()]
        parts += [self._costs(), self._stores()]
        parts += [self._storing(), self._late(), self._trouble()]
        return "\n\n".join(part for part in parts if part)

    def _goals(self) -> str:
        rows = [
            (goal.claim, goal.wanted, goal.measured, goal.verdict)
            for goal in goals(self.fanout, self.storing, self.under_http)
        ]
        return "### Goals\n\n" + table(("goal", "wanted", "measured", ""), rows)

    def _costs(self) -> str:
        head = ["server"]
        head += [f"{few:,} × {senders}" for few in (FEW, MANY) for senders in SENDERS]
        rows = [
            (
                name,
                *(
                    number(self.fanout.cost(name, receivers, senders), 2)
                    for receivers in (FEW, MANY)
                    for senders in SENDERS
                ),
                number(self.fanout.kib.get(name), 1),
            )
            for name in self.servers
        ]
        title = "### CPU-seconds of the server a million deliveries, receivers × senders\n\n"
        return title + table((*head, "KiB a connection"), rows)

    def _stores(self) -> str:
        cases = [(receivers, senders) for receivers in (FEW, MANY) for senders in SENDERS]
        costs = [[self.fanout.cost(STONKS, *case, part=part) for case in cases] for part in (1, 2)]
        if STONKS not in self.servers or costs[0][0] is None:
            return ""
        shown = [", ".join(number(cost, 2) for cost in row) for row in costs]
        return (
            "Stonks's figures are those of its web process. Behind it, in the same four cases, "
            f"PostgreSQL used {shown[0]} and Valkey {shown[1]} CPU-seconds a million deliveries."
        )

    def _storing(self) -> str:
        if not self.storing:
            return ""
        rows = [
            (
                case,
                f"{self.storing.stored(case):,.0f}",
                f"{self.storing.p99(case):.1f} ms",
                f"{self.storing.one_by_one(case):,.0f}",
            )
            for case in (HOT, SPREAD)
        ]
        head = ("", "through the socket", "p99, send → last", "one transaction a message")
        return "### Messages stored durably a second\n\n" + table(head, rows)

    def _late(self) -> str:
        rows = [(name, _ms(run.p50), _ms(run.p99)) for name, run in self.fanout.paced.items()]
        if self.under_http and self.http_rate:
            name = f"{STONKS}, under HTTP load ({self.http_rate:,.0f} requests a second)"
            rows.append((name, _ms(self.under_http.p50), _ms(self.under_http.p99)))
        title = f"### Send → last of {FEW:,} receivers, 20 messages a second\n\n"
        return title + table(("server", "p50", "p99"), rows) if rows else ""

    def _trouble(self) -> str:
        trouble = self.fanout.unclean() + (self.storing.unclean() if self.storing else [])
        if self.under_http and not self.under_http.is_clean:
            trouble.append(f"under HTTP load: {self.under_http}")
        lines = [f"- Not measured: {reason}" for reason in self.skipped]
        lines += [f"- Not clean: {line}" for line in trouble]
        if not trouble:
            lines.append(
                "- In every measure each connection got every message once, "
                "in its sender's order; nothing was refused and nobody was closed."
            )
        return "\n".join(lines)


def facts(command: str, versions: str, others: float) -> str:
    """When, how and where something was measured, and how quiet it was."""
    return (
        f"Measured on {datetime.now(UTC):%Y-%m-%d} by `{command}`: {described()}"
        f"{', ' + versions if versions else ''}. "
        f"Others took {others:.0%} of the cores meanwhile{_disturbed(others)}."
    )


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; every column but the first is set to the right."""
    return "\n".join(_lines(head, rows))


def number(value: float | None, digits: int) -> str:
    return "–" if value is None else f"{value:.{digits}f}"


def write(report: str, mark: str, document: Path) -> None:
    """Put the report between the document's marks; what stands around them stays."""
    begin, end = (f"<!-- {mark}: {edge} -->" for edge in ("begin", "end"))
    before, _, rest = document.read_text().partition(begin)
    _, _, after = rest.partition(end)
    document.write_text(f"{before}{begin}\n\n{report}\n\n{end}{after}")


def _disturbed(others: float) -> str:
    if others < QUIET:
        return ""
    return ": **not quiet**; rates and latencies suffer first"


def _lines(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|---|{'---:|' * (len(head) - 1)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _ms(value: float) -> str:
    return f"{value:.1f} ms"
