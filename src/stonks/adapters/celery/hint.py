"""Hints by Celery."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from prometheus_client import Counter

HINTS = Counter("stonks_hints_total", "Hints to workers that there is work", ["job"])
DROPPED = Counter("stonks_hints_dropped_total", "Hints that could not be given")

EXPIRES = 30
"""Seconds after which nobody need act on a hint: the relay has given another by then."""
_SILENCE = 1.0  # seconds without another try, or a stalled Redis would stall us
log = structlog.get_logger(__name__)


def task_of(job: str) -> tuple[str, Sequence[str]]:
    """The task that does a job, and its arguments: ``deliveries.push`` has one, the way."""
    name, _, way = job.partition(".")
    return f"stonks.{name}", (way,) if way else ()


@dataclass(slots=True)
class CeleryHint:
    """``Hint``: one message each, on the queue that has the job's name."""

    app: Celery
    _silent_until: float = 0.0
    _sending: Lock = field(default_factory=Lock)

    def __call__(self, job: str, times: int = 1) -> None:
        with self._sending:
            if monotonic() < self._silent_until:
                DROPPED.inc(times)
                return
            self._send(job, times)

    def _send(self, job: str, times: int) -> None:
        name, arguments = task_of(job)
        try:
            for _ in range(times):
                self.app.send_task(name, arguments, queue=job, expires=EXPIRES, ignore_result=True)
            HINTS.labels(job).inc(times)
        except (OperationalError, OSError) as error:
            self._silent_until = monotonic() + _SILENCE
            DROPPED.inc(times)
            log.warning("hint_dropped", job=job, reason=str(error))
