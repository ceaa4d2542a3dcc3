"""Waiting for what comes about, and having others wait."""

from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock
from time import monotonic, sleep

PATIENCE = 60.0  # seconds, for what takes one or two on an idle machine


def wait_until(holds: Callable[[], bool], what: str, seconds: float = PATIENCE) -> None:
    end = monotonic() + seconds
    while not holds():
        assert monotonic() < end, f"it does not come about that {what}"
        sleep(0.02)


@dataclass(slots=True)
class Gate:
    """Where those wait whose turn has come, until it is opened."""

    arrived: int = 0
    _open: Event = field(default_factory=Event)
    _arriving: Lock = field(default_factory=Lock)

    def __call__(self) -> None:
        with self._arriving:
            self.arrived += 1
        self._open.wait(PATIENCE)

    def open(self) -> None:
        self._open.set()
