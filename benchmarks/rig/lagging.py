"""How late events are under a steady chat, from the time that is stored to their arrival."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass

from rig.endpoints import Endpoints
from rig.fanout import Say
from rig.load import Load
from rig.receiver import Counted

PARTS = 3


@dataclass(frozen=True, slots=True)
class Lag:
    """``behind`` is what was not told when the chat ended; the counts are from then."""

    endpoints: int
    rate: float
    wanted: float
    behind: int
    counted: Counted

    def part(self, share: float) -> float:
        """Milliseconds within which this share of the events came."""
        lags = sorted(self.counted.lags)
        return lags[min(len(lags) - 1, int(len(lags) * share))] if lags else 0.0

    @property
    def growth(self) -> tuple[float, float]:
        """The medians of the first and of the last third of what came."""
        lags = self.counted.lags
        third = max(1, len(lags) // PARTS)
        return statistics.median(lags[:third] or [0]), statistics.median(lags[-third:] or [0])


@dataclass(frozen=True, slots=True)
class Lagging:
    endpoints: Endpoints
    say: Say

    def __call__(self, load: Load, count: int, rate: float, seconds: float) -> Lag:
        """``load`` is in a room that so many endpoints are told of."""
        self.endpoints.receiver.forget()
        run = load.pace(rate, seconds)
        behind, counted = self.endpoints.behind(), self.endpoints.receiver.lags()
        self.endpoints.rest()
        lag = Lag(count, run.acks / run.seconds, rate, behind, counted)
        self.say(
            f"{count} endpoints, {lag.rate:,.0f} messages a second: p50 {lag.part(0.5):.0f},"
            f" p99 {lag.part(0.99):.0f} ms, {behind:,} behind at the end"
        )
        return lag


def unordered(lags: Sequence[Lag]) -> int:
    """Events that came twice, or after a gap."""
    return sum(lag.counted.gaps + lag.counted.doubles for lag in lags)
