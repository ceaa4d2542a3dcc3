"""Fan-out: what a delivery costs a server, what a connection weighs, how late the last one is."""

import statistics
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from rig.load import Load, Run
from rig.processes import Tree
from rig.servers import Server

SENDERS = (1, 8)
FEW, MANY = 1_000, 5_000
PACE = 20
Case = tuple[str, int, int]  # server, receivers, senders


@dataclass(slots=True)
class Fanout:
    """What was seen, by server and by case."""

    runs: dict[Case, list[Run]] = field(default_factory=lambda: defaultdict(list))
    kib: dict[str, float] = field(default_factory=dict)
    paced: dict[str, Run] = field(default_factory=dict)

    def cost(self, server: str, receivers: int, senders: int, part: int = 0) -> float | None:
        """CPU-seconds a million deliveries, median of rounds; ``part`` 1 and on are stores."""
        runs = self.runs.get((server, receivers, senders), ())
        costs = [run.samples[part] / run.deliveries * 1e6 for run in runs if run.deliveries]
        return statistics.median(costs) if costs else None

    def unclean(self) -> list[str]:
        """The measures in which something was lost, doubled, refused or out of order."""
        every = {f"{case}": runs for case, runs in self.runs.items()}
        every |= {f"{name} paced": [run] for name, run in self.paced.items()}
        return [
            f"{name}: {run}" for name, runs in every.items() for run in runs if not run.is_clean
        ]


@dataclass(frozen=True, slots=True)
class Measured:
    """A server under load, with the trees whose CPU is counted (the server's is the first)."""

    server: Server
    load: Load
    trees: Sequence[Tree]

    def used(self) -> tuple[float, ...]:
        return tuple(tree.cpu_seconds() for tree in self.trees)


Say = Callable[[str], None]


def weigh(seen: Fanout, measured: Iterable[Measured], say: Say) -> None:
    """KiB of resident memory for each connection that only listens, from ``FEW`` to ``MANY``."""
    for one in measured:
        weights = []
        for count in (FEW, MANY):
            one.load.receivers(count)
            time.sleep(1)
            weights.append(one.server.tree.rss_kib())
        seen.kib[one.server.name] = (weights[1] - weights[0]) / (MANY - FEW)
        say(f"{one.server.name}: {seen.kib[one.server.name]:.1f} KiB a connection")


def fan_out(
    seen: Fanout,
    measured: Sequence[Measured],
    receivers: int,
    rounds: int,
    seconds: float,
    say: Say,
) -> None:
    """Rounds that visit every server in turn, so that a noisy minute falls on all of them."""
    for one in measured:
        one.load.senders(0)
        one.load.receivers(receivers)
        one.load.senders(max(SENDERS))
    for _ in range(rounds):
        for one in measured:
            for senders in SENDERS:
                run = one.load.run(senders, 1, seconds, one.used)
                seen.runs[one.server.name, receivers, senders].append(run)
                cost = run.samples[0] / max(run.deliveries, 1) * 1e6
                say(f"{one.server.name}: {receivers} × {senders}: {cost:.2f}, load {run.busy:.0%}")


def pace(seen: Fanout, measured: Iterable[Measured], seconds: float, say: Say) -> None:
    """How late the last of the receivers is at ``PACE`` messages a second."""
    for one in measured:
        run = one.load.pace(PACE, seconds, one.used)
        seen.paced[one.server.name] = run
        say(f"{one.server.name}: last receiver p50 {run.p50:.1f} ms, p99 {run.p99:.1f} ms")
