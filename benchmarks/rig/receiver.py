"""Whoever is told by webhook, held by its pipe; ``hooks.c`` says what it does."""

import json
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rig.build import compiled
from rig.machine import REST
from rig.processes import Failed, Program, free_port


@dataclass(frozen=True, slots=True)
class Counted:
    """What came; ``first`` and ``last`` are of the monotonic clock, ``lags`` in milliseconds."""

    events: int
    gaps: int
    doubles: int
    opened: int
    first: float
    last: float
    cpu: float
    lags: Sequence[float]

    @property
    def seconds(self) -> float:
        return max(self.last - self.first, 1e-6)

    @property
    def rate(self) -> float:
        """Events a second, from the first to the last."""
        return (self.events - 1) / self.seconds

    @property
    def busy(self) -> float:
        """How much of a core receiving took, 0 to 1."""
        return self.cpu / self.seconds


@dataclass(frozen=True, slots=True)
class Receiver:
    """Endpoints have the paths ``/0``, ``/1`` and so on; each must be told in order, and once."""

    port: int
    _process: "subprocess.Popen[bytes]"

    def url(self, endpoint: int) -> str:
        return f"http://127.0.0.1:{self.port}/{endpoint}"

    def forget(self) -> None:
        self._ask("forget")

    def count(self) -> Counted:
        return self._counted("count")

    def lags(self) -> Counted:
        return self._counted("lags")

    def _counted(self, command: str) -> Counted:
        told = self._ask(command)
        return Counted(**told | {"lags": [lag / 1000 for lag in told["lags"]]})

    def _ask(self, command: str) -> dict[str, Any]:
        if self._process.stdin is None or self._process.stdout is None:
            raise Failed("the receiver has no pipe")
        self._process.stdin.write(f"{command}\n".encode())
        self._process.stdin.flush()
        if not (line := self._process.stdout.readline()):
            raise Failed(f"the receiver ended before it did {command!r}")
        told: dict[str, Any] = json.loads(line)
        return told


@contextmanager
def receiver(folder: Path) -> Iterator[Receiver]:
    """One on the cores of the load."""
    port = free_port()
    program = Program.start(
        [str(compiled("hooks")), str(port)],
        port=port,
        cores=REST,
        log=folder / "hooks.log",
        is_asked=True,
    )
    try:
        yield Receiver(port, program.process)
    finally:
        program.stop()
