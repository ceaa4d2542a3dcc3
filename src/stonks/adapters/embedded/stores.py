"""The embedded stores of one ``var``, and that nobody else uses them meanwhile."""

import fcntl
import os
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, TextIO

from stonks.adapters.embedded import places
from stonks.adapters.embedded.process import Running, StoreFailed


class Store(Protocol):
    def start(self) -> Running:
        """Start it and wait for it. Raises ``StoreFailed``."""


@dataclass(slots=True)
class Stores:
    """Stores that run; what starts first stops last."""

    stores: Sequence[Store]
    running: list[Running] = field(default_factory=list)

    def start(self) -> None:
        for store in self.stores:
            self.running.append(store.start())

    def stop(self) -> None:
        while self.running:
            self.running.pop().stop()

    def mend(self) -> list[str]:
        """Start what has died again; the names of what was mended. Raises ``StoreFailed``."""
        dead = [place for place, process in enumerate(self.running) if not process.is_alive]
        for place in dead:
            self.running[place] = self.stores[place].start()
        return [self.running[place].name for place in dead]


@contextmanager
def running_stores(var: Path, stores: Sequence[Store]) -> Iterator[Stores]:
    """Run ``stores`` for the block. Raises ``StoreFailed``."""
    found = Stores(stores)
    with _alone(var):
        try:
            found.start()
            yield found
        finally:
            found.stop()
            _tidy(var)


def _tidy(var: Path) -> None:
    """Leave no sockets' folder behind outside ``var``."""
    for store in ("postgres", "valkey"):
        folder = places.sockets(var, store)
        if not folder.is_relative_to(var):
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _alone(var: Path) -> Iterator[None]:
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (var / "lock").open("a+") as lock:
        _take(lock, var)
        yield


def _take(lock: TextIO, var: Path) -> None:
    try:
        fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)  # ours alone: no child inherits it
    except OSError as error:
        lock.seek(0)
        raise StoreFailed(
            f"another Stonks (process {lock.read().strip()}) runs on {var};"
            " stop it, or give this one a STONKS_VAR of its own"
        ) from error
    lock.truncate(0)
    lock.write(str(os.getpid()))
    lock.flush()
