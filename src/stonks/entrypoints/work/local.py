"""Hints within one process, where no other does the work."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class LocalHint:
    """``Hint``: wakes whoever listens for a job in this process."""

    listeners: dict[str, Callable[[], object]] = field(default_factory=dict)

    def __call__(self, job: str, times: int = 1) -> None:
        listener = self.listeners.get(job)
        if listener is not None:
            listener()
