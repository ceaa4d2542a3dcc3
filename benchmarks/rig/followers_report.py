"""What telling all followers took, in tables for people."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rig.followers import Found
from rig.goals import Goal
from rig.inboxes import FEW_OBJECTS, FEW_ROWS, LIMIT, OBJECTS, PRODUCT, ROWS, UNSORTED, Inboxes
from rig.report import facts, table
from rig.telling import Told

RATIO, FLAT = 0.8, 1.1
PARTS = {OBJECTS: FEW_OBJECTS, ROWS: FEW_ROWS}


@dataclass(frozen=True, slots=True)
class FollowersReport:
    """The report of one run."""

    found: Found

    def __str__(self) -> str:
        found = self.found
        parts = [facts(found.command, found.versions, found.others), self._goals()]
        parts += [*map(self._rows, found.rows), self._told(), self._hints()]
        return "\n\n".join(parts)

    def _goals(self) -> str:
        rows = [
            (goal.claim, goal.wanted, goal.measured, goal.verdict)
            for goal in goals(self.found.followers, self.found.rows, self.found.told)
        ]
        return "### Goals of telling followers\n\n" + table(
            ("goal", "wanted", "measured", ""), rows
        )

    def _rows(self, seen: Inboxes) -> str:
        limit = seen.rate(LIMIT) or 1
        rows = [
            (
                way,
                f"{rate:,.0f}",
                seen.spread(way),
                f"{rate / limit:.3f}" if rate < limit / 10 else f"{rate / limit:.2f}",
                f"{seen.cost(way):.1f}",
                f"{self.found.followers / rate:,.1f} s",
            )
            for way in (PRODUCT, LIMIT, UNSORTED, OBJECTS, ROWS)
            if (rate := seen.rate(way))
        ]
        head = (
            "way",
            "rows a second",
            "from … to",
            "over the limit",
            "PostgreSQL's CPU-seconds a million",
            f"{self.found.followers:,} followers take",
        )
        shown = table(head, rows)
        told = [f"{count:,} rows of *{way}*" for way, count in PARTS.items() if way in seen.rates]
        told_of = f"\n\nFrom {' and '.join(told)}, multiplied." if told else ""
        title = f"### Inbox rows{f', on {seen.old:,} old ones' if seen.old else ''}"
        return f"{title}\n\n{shown}{told_of}"

    def _told(self) -> str:
        rows = [
            (
                f"{one.followers:,}",
                _seconds(one.inboxes),
                _seconds(one.first_push),
                _seconds(one.decided),
                f"{_seconds(one.last_push)} of {one.pushes:,}",
                f"{one.worker_cpu:.1f}",
                f"{one.database_cpu:.1f}",
                f"{one.peak_mib:.0f} MiB",
                str(one.hints),
            )
            for one in self.found.told
        ]
        head = (
            "followers",
            "last inbox",
            "first push",
            "all decided",
            "last push",
            "worker, CPU-seconds",
            "PostgreSQL, CPU-seconds",
            "largest process of the worker",
            "hints",
        )
        return "### A stream's start, through relay, worker and push\n\n" + table(head, rows)

    def _hints(self) -> str:
        hints = self.found.hints
        if hints is None:
            return ""
        return (
            f"Handing over to Celery: {hints.rate:,.0f} hints a second from one process,"
            f" {hints.cost:.0f} µs of its CPU each; how many one start makes is in the table."
        )


def goals(followers: int, rows: Sequence[Inboxes], told: Sequence[Told]) -> Iterator[Goal]:
    for seen in rows:
        claim = f"{followers:,} inbox rows, on {seen.old:,}: over {LIMIT}"
        yield Goal.at_least(claim, seen.ratio, RATIO, "{:.2f} ×")
    if len(told) > 1:
        most, fewer = told[-1], told[-2]
        claim = f"memory of the worker, {most.followers:,} followers: over {fewer.followers:,}"
        yield Goal.at_most(claim, most.peak_mib / fewer.peak_mib, FLAT, "{:.2f} ×")


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f} s"
