"""Where work that blocks is done."""

from collections.abc import Callable

import gevent
import structlog
from gevent.queue import SimpleQueue

Job = Callable[[], None]
WORKERS = 64
log = structlog.get_logger(__name__)


class Desk:
    """Some greenlets that take one job after the other, so that a rush waits in line.

    ``put`` never blocks. Who puts a job waits for it before the next, but for the second look at
    who signed in, and so the line is never longer than twice the connections and rooms.
    """

    def __init__(self, workers: int = WORKERS) -> None:
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._idle = 0
        self._most = workers
        self._greenlets: list[gevent.Greenlet[[], None]] = []

    def put(self, job: Job) -> None:
        self._jobs.put(job)
        if self._jobs.qsize() > self._idle and len(self._greenlets) < self._most:
            self._greenlets.append(gevent.spawn(self._work))

    def stop(self) -> None:
        gevent.killall(self._greenlets, block=False)

    def _work(self) -> None:
        while True:
            self._idle += 1
            job = self._jobs.get()
            self._idle -= 1
            try:
                job()
            except Exception:
                log.exception("socket_job_failed")
