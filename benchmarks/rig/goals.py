"""The goals, each held against what was measured in the same run."""

from collections.abc import Iterator
from dataclasses import dataclass

from rig.fanout import FEW, MANY, Fanout
from rig.load import Run
from rig.servers import FLASK_SOCKET_IO, JOINING, LIMIT, NODE_SOCKET_IO, STONKS
from rig.storing import HOT, SPREAD, Storing

# Deliveries a CPU-second of Stonks over those of another: at least this many times as many.
RATIOS: dict[int, dict[str, float]] = {
    1: {LIMIT: 0.8, NODE_SOCKET_IO: 2.2, FLASK_SOCKET_IO: 5},
    8: {JOINING: 0.8, NODE_SOCKET_IO: 8, FLASK_SOCKET_IO: 10},
}
STORED_A_SECOND, TIMES_ONE_BY_ONE, LATE_MS, KIB = 25_000, 10, 15, 4


@dataclass(frozen=True, slots=True)
class Goal:
    """A claim with its measure; ``is_met`` is None where it could not be measured."""

    claim: str
    wanted: str
    measured: str
    is_met: bool | None

    @classmethod
    def at_least(cls, claim: str, value: float | None, wanted: float, form: str) -> "Goal":
        return cls(claim, f"≥ {form.format(wanted)}", _shown(value, form), _holds(value, wanted, 1))

    @classmethod
    def at_most(cls, claim: str, value: float | None, wanted: float, form: str) -> "Goal":
        return cls(
            claim, f"≤ {form.format(wanted)}", _shown(value, form), _holds(value, wanted, -1)
        )

    @property
    def verdict(self) -> str:
        return {None: "not measured", True: "pass", False: "**miss**"}[self.is_met]


def goals(fanout: Fanout, storing: Storing | None, under_http: Run | None) -> Iterator[Goal]:
    yield from _ratios(fanout)
    if storing:
        yield from _storing(storing)
    calm = fanout.paced.get(STONKS)
    late = f"send → last of {FEW:,} receivers at 20 a second, p99"
    yield Goal.at_most(late, calm.p99 if calm else None, LATE_MS, "{:.1f} ms")
    http = under_http.p99 if under_http else None
    yield Goal.at_most(f"{late}, under HTTP load", http, LATE_MS, "{:.1f} ms")
    yield Goal.at_most(
        "memory of a listening connection", fanout.kib.get(STONKS), KIB, "{:.1f} KiB"
    )


def _ratios(fanout: Fanout) -> Iterator[Goal]:
    for receivers in (FEW, MANY):
        for senders, others in RATIOS.items():
            for other, wanted in others.items():
                own = fanout.cost(STONKS, receivers, senders)
                theirs = fanout.cost(other, receivers, senders)
                ratio = theirs / own if own and theirs else None
                claim = f"{receivers:,} receivers, {senders} under way: over {other}"
                yield Goal.at_least(claim, ratio, wanted, "{:.2f} ×")


def _storing(storing: Storing) -> Iterator[Goal]:
    for case in (HOT, SPREAD):
        stored, each = storing.stored(case), storing.one_by_one(case)
        claim = f"stored messages a second, {case}"
        yield Goal.at_least(claim, stored, STORED_A_SECOND, "{:,.0f}")
        over = f"{claim}: over one transaction a message"
        yield Goal.at_least(over, stored / each if each else None, TIMES_ONE_BY_ONE, "{:.1f} ×")


def _shown(value: float | None, form: str) -> str:
    return "–" if value is None else form.format(value)


def _holds(value: float | None, wanted: float, sign: int) -> bool | None:
    return None if value is None else sign * value >= sign * wanted
