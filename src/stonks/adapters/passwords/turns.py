"""Heavy work, a few at a time, without holding up anybody else."""

import os
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import BoundedSemaphore, Lock
from typing import TypeVar

import gevent
from gevent.monkey import is_module_patched
from gevent.threadpool import ThreadPool

from stonks.domain.errors import Unavailable

Result = TypeVar("Result")


@dataclass(slots=True)
class Turns:
    """Run at most ``at_once`` pieces of work and let at most ``waiting`` others wait.

    Where gevent has patched threading, work runs in real threads of its own, so that the hub
    goes on serving: argon2 lets go of the interpreter's lock but would hold the hub.
    """

    at_once: int = field(default_factory=lambda: os.cpu_count() or 1)
    waiting: int = 64
    _lock: Lock = field(default_factory=Lock)
    _turn: BoundedSemaphore = field(init=False)
    _pool: ThreadPool | None = None
    _inside: int = 0

    def __post_init__(self) -> None:
        self._turn = BoundedSemaphore(self.at_once)

    def __call__(self, work: Callable[..., Result], *arguments: object) -> Result:
        """What ``work`` answers; raises ``Unavailable`` (``busy``) where too many wait."""
        self._enter()
        try:
            with self._turn:
                return self._run(work, *arguments)
        finally:
            self._leave()

    def _enter(self) -> None:
        with self._lock:
            if self._inside >= self.at_once + self.waiting:
                raise Unavailable("busy", "too many people are signing in at this moment")
            self._inside += 1

    def _leave(self) -> None:
        with self._lock:
            self._inside -= 1

    def _run(self, work: Callable[..., Result], *arguments: object) -> Result:
        if not is_module_patched("threading"):
            return work(*arguments)
        if self._pool is None:  # made late: threads do not survive a fork
            self._pool = ThreadPool(self.at_once, hub=gevent.get_hub())
        answer: Result = self._pool.apply(work, arguments)
        return answer
