"""Storing: messages a second through the socket, beside one transaction a message."""

import statistics
from collections import defaultdict
from dataclasses import dataclass, field

from rig.baseline import one_transaction_each
from rig.fanout import Say
from rig.load import Load, Run
from rig.machine import SERVER, pinned
from rig.product import Product
from rig.stores import Stores

HOT, SPREAD = "one hot room", "100 rooms"
ROOMS = {HOT: 1, SPREAD: 100}
SENDERS = {HOT: 8, SPREAD: 100}
WINDOW = {HOT: 64, SPREAD: 8}


@dataclass(slots=True)
class Storing:
    """Messages a second, by case: acknowledged by Stonks, and committed one by one."""

    runs: dict[str, list[Run]] = field(default_factory=lambda: defaultdict(list))
    baseline: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def stored(self, case: str) -> float:
        return statistics.median(run.acks / run.seconds for run in self.runs[case])

    def one_by_one(self, case: str) -> float:
        return statistics.median(self.baseline[case])

    def p99(self, case: str) -> float:
        return statistics.median(run.p99 for run in self.runs[case])

    def unclean(self) -> list[str]:
        runs = [(case, run) for case, found in self.runs.items() for run in found]
        return [f"storing in {case}: {run}" for case, run in runs if not run.is_clean]


def store(product: Product, behind: Stores, rounds: int, seconds: float, say: Say) -> Storing:
    """Rounds of both ways in both cases, in turn; the writers of both have the server's core."""
    seen = Storing()
    loads = {case: Load(product.port, product.rooms(count)) for case, count in ROOMS.items()}
    for case, load in loads.items():
        load.receivers(ROOMS[case])
        load.senders(SENDERS[case])
    for _ in range(rounds):
        for case, load in loads.items():
            run = load.store(SENDERS[case], WINDOW[case], seconds)
            seen.runs[case].append(run)
            with pinned(SERVER):
                rate = one_transaction_each(behind.dsn, ROOMS[case], seconds)
            seen.baseline[case].append(rate)
            say(f"{case}: {run.acks / run.seconds:,.0f} a second, one by one {rate:,.0f}")
    for load in loads.values():
        load.close()
    return seen
