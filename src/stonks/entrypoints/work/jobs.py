"""The jobs, by name, and doing one until nothing is left of it."""

from collections.abc import Callable, Mapping
from time import monotonic

import structlog

from stonks.domain.errors import Refusal

Job = Callable[[], bool]
"""Does some of what waits; answers whether there may be more."""

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
        return job()
    except Refusal as refusal:
        log.warning("job_refused", job=name, code=refusal.code, of=_subject(refusal))
    except Exception as error:
        log.exception("job_failed", job=name, of=_subject(error))
    return False


def _subject(error: Exception) -> str:
    """What could not be done, where it is one thing that waits."""
    return "; ".join(getattr(error, "__notes__", ()))
