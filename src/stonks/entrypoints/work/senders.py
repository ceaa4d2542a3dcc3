"""Threads that tell endpoints, for as long as there is something to tell."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock, Thread, current_thread
from time import monotonic

import structlog

from stonks.domain.errors import Refusal

Tell = Callable[[], bool]
"""Tells one endpoint; answers whether there may be another."""
HANGS = 2.5
"""Seconds after which a turn is one of an endpoint that hangs: more than others take."""
MOST = 8
"""Threads for each of its width, those included that hang."""
log = structlog.get_logger(__name__)


@dataclass(slots=True)
class Senders:
    """A job that is done beside the task that asks for it.

    An endpoint that takes its time holds up one thread and not the process: the task is over at
    once, and the next hint finds the threads that are free. While there is something to do, each
    thread that found some starts one more, up to ``width``. Who hangs does not count for long: of
    ``n`` that hang at once others wait for ``n / width * HANGS`` seconds, not for their deadlines.
    """

    name: str
    tell: Tell
    width: int
    clock: Callable[[], float] = monotonic
    _since: dict[Thread, float] = field(default_factory=dict)
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
            if not self._has_room() or len(self._since) >= MOST * self.width:
                return
            thread = Thread(target=self._work, name=self.name, daemon=True)
            self._since[thread] = self.clock()
            self._threads.add(thread)
        thread.start()
        self._forget_dead(thread)

    def _forget_dead(self, started: Thread) -> None:
        with self._changing:
            self._threads = {one for one in self._threads if one.is_alive() or one is started}

    def _work(self) -> None:
        this = current_thread()
        try:
            while self._goes_on(this) and self._once():
                self._start_one()
        finally:
            with self._changing:
                del self._since[this]

    def _goes_on(self, thread: Thread) -> bool:
        """Whether it has another turn; not where others began in the place of one that hung."""
        with self._changing:
            del self._since[thread]
            has_room = self._has_room()
            self._since[thread] = self.clock()
            return has_room

    def _has_room(self) -> bool:
        """Whether there is a place, which those who hang leave to others."""
        began = self.clock() - HANGS
        return not self._is_closed and sum(at > began for at in self._since.values()) < self.width

    def _once(self) -> bool:
        try:
            return self.tell()
        except Refusal as refusal:
            log.warning("job_refused", job=self.name, code=refusal.code)
        except Exception:
            log.exception("job_failed", job=self.name)
        return False
