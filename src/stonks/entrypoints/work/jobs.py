"""The jobs, by name, and doing one until nothing is left of it."""

from collections.abc import Callable, Mapping
from time import monotonic

import structlog
from prometheus_client import Counter

from stonks.domain.errors import Refusal

Job = Callable[[], bool]
"""Does some of what waits; answers whether there may be more."""

DONE = Counter("stonks_jobs_total", "Pieces of work done", ["job"])
FAILED = Counter(
    "stonks_jobs_failed_total", "Pieces of work that failed, to be tried again", ["job"]
)
LONGEST = 2.0
"""Seconds after which a job that goes on lets others have their turn."""
log = structlog.get_logger(__name__)


def do(name: str, jobs: Mapping[str, Job], *, longest: float = LONGEST) -> bool:
    """Do a job until nothing is left, something fails, or time is up: then True, there is more."""
    job = jobs.get(name)
    if job is None:
        log.warning("unknown_job", job=name)
        return False
    until = monotonic() + longest
    while _once(name, job):
        if monotonic() > until:
            return True
    return False


def _once(name: str, job: Job) -> bool:
    try:
        is_done = job()
    except Refusal as refusal:
        FAILED.labels(name).inc()
        log.warning("job_refused", job=name, code=refusal.code)
        return False
    except Exception:
        FAILED.labels(name).inc()
        log.exception("job_failed", job=name)
        return False
    if is_done:
        DONE.labels(name).inc()
    return is_done
