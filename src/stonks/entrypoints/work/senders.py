"""Threads that tell endpoints, for as long as there is something to tell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread
from time import monotonic

import structlog

from stonks.domain.errors import Refusal

Tell = Callable[[], bool]
"""Tells one endpoint; answers whether there may be another."""
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Senders:
    """A job that is done beside the task that asks for it.

    An endpoint that takes its time holds up one thread and not the process: the task is over at
    once, and the next hint finds the threads that are free. While there is something to do, each
    thread that found some starts one more, up to ``width``.
    """

    name: str
    tell: Tell
    width: int
    _running: int = 0
    _is_closed: bool = False
    _threads: set[Thread] = field(default_factory=set)
    _changing: Lock = field(default_factory=Lock)

    def __call__(self) -> bool:
        """Never blocks; False, since whoever asked has nothing more to do."""
        self._start_one()
        return False

    def close(self, seconds: float) -> None:
        """Begin nothing more, and wait for what has begun, but not for longer than that."""
        with self._changing:
            self._is_closed = True
            running = [*self._threads]
        end = monotonic() + seconds
        for thread in running:
            thread.join(max(0.0, end - monotonic()))

    def _start_one(self) -> None:
        with self._changing:
            if self._is_closed or self._running >= self.width:
                return
            self._running += 1
            thread = Thread(target=self._work, name=self.name, daemon=True)
            self._threads.add(thread)
        thread.start()
        self._forget_dead(thread)

    def _forget_dead(self, started: Thread) -> None:
        with self._changing:
            self._threads = {one for one in self._threads if one.is_alive() or one is started}

    def _work(self) -> None:
        try:
            while not self._is_closed and self._once():
                self._start_one()
        finally:
            with self._changing:
                self._running -= 1

    def _once(self) -> bool:
        try:
            return self.tell()
        except Refusal as refusal:
            log.warning("job_refused", job=self.name, code=refusal.code)
        except Exception:
            log.exception("job_failed", job=self.name)
        return False
