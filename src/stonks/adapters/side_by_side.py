"""Doing several things at once, on threads."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(slots=True)
class Threads:
    """``SideBySide`` on at most ``width`` threads, which stay for the next time."""

    width: int
    _pool: ThreadPoolExecutor | None = field(default=None)

    def __call__(self, do: Callable[[Item], None], items: Sequence[Item], /) -> None:
        if self._pool is None:  # not before a fork: threads do not survive one
            self._pool = ThreadPoolExecutor(self.width, thread_name_prefix="side-by-side")
        futures = [self._pool.submit(do, item) for item in items]
        errors = [error for future in futures if (error := future.exception())]
        if errors:
            raise errors[0]
