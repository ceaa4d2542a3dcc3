"""Hints by Celery."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

import structlog
from celery import Celery
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

EXPIRES = 30
"""Seconds after which nobody need act on a hint: the relay has given another by then."""
MOST_WAITING = 8
"""Hints in a queue, since nothing but a worker takes out what has expired."""
_SILENCE = 1.0  # seconds without another try, or a stalled Redis would stall us
log = structlog.get_logger(__name__)


def task_of(job: str) -> tuple[str, Sequence[str]]:
    """The task that does a job, and its arguments: ``deliveries.push`` has one, the way."""
    name, _, way = job.partition(".")
    return f"stonks.{name}", (way,) if way else ()


@dataclass(slots=True)
class CeleryHint:
    """``Hint``: one message each, on the queue that has the job's name.

    A queue that is full takes no more: whoever comes to it does all there is to do.
    """

    app: Celery
    _silent_until: float = 0.0
    _sending: Lock = field(default_factory=Lock)

    def __call__(self, job: str, times: int = 1) -> None:
        with self._sending:
            if monotonic() >= self._silent_until:
                self._try(job, times)

    def _try(self, job: str, times: int) -> None:
        try:
            self._send(job, times)
        except (OperationalError, RedisError, OSError) as error:
            self._silent_until = monotonic() + _SILENCE
            log.warning("hint_dropped", job=job, reason=str(error))

    def _send(self, job: str, times: int) -> None:
        name, arguments = task_of(job)
        with self.app.producer_or_acquire() as producer:
            waiting = producer.channel.queue_declare(job).message_count
            for _ in range(min(times, MOST_WAITING - waiting)):
                self.app.send_task(
                    name,
                    arguments,
                    queue=job,
                    expires=EXPIRES,
                    ignore_result=True,
                    producer=producer,
                )
