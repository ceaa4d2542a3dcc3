"""What handing over to Celery costs."""

import time
from dataclasses import dataclass
from typing import Any

from rig.machine import SERVER, pinned

COUNT, JOB = 2_000, "batches"


@dataclass(frozen=True, slots=True)
class Hinting:
    """Hints that one process gives a second, and the microseconds of its CPU for each."""

    rate: float
    cost: float


def hinting(hint: Any) -> Hinting:
    """``hint`` is the port's; nobody acts on these."""
    with pinned(SERVER):
        hint(JOB)
        used, start = time.process_time(), time.perf_counter()
        for _ in range(COUNT):
            hint(JOB)
        seconds, cpu = time.perf_counter() - start, time.process_time() - used
    return Hinting(COUNT / seconds, cpu / COUNT * 1e6)
