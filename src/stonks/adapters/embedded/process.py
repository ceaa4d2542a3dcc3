"""A store's process: started quietly, waited for, and ended for certain."""

import os
import signal
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep


class StoreFailed(Exception):
    """An embedded store did not start; says why in one line."""


@dataclass(frozen=True, slots=True)
class Running:
    """A process in a session of its own, so that Ctrl-C reaches it only through us."""

    name: str
    child: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals

    @property
    def is_alive(self) -> bool:
        return self.child.poll() is None

    def wait_until(self, is_ready: Callable[[], bool], *, seconds: float) -> None:
        """Raises ``StoreFailed`` if the process ends first, or takes too long."""
        end = monotonic() + seconds
        while not is_ready():
            if not self.is_alive:
                raise StoreFailed(f"{self.name} did not start: {last_line(self.log)} ({self.log})")
            if monotonic() > end:
                raise StoreFailed(
                    f"{self.name} took more than {seconds:g} s to start; see {self.log}"
                )
            sleep(0.02)

    def stop(self, *, seconds: float = 15.0) -> None:
        """End it in order, or kill it where it takes too long."""
        if not self.is_alive:
            return
        self.child.send_signal(self.stop_signal)
        try:
            self.child.wait(seconds)
        except subprocess.TimeoutExpired:
            os.killpg(self.child.pid, signal.SIGKILL)
            self.child.wait()


def run(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    stop_signal: signal.Signals,
    user: str | None = None,
) -> Running:
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        child = subprocess.Popen(  # noqa: S603 - our own words
            [str(word) for word in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            umask=0o077,
            user=user,
            group=user and group_of(user),
            extra_groups=[] if user else None,
        )
    return Running(name, child, log, stop_signal)


def group_of(user: str) -> int:
    import pwd

    return pwd.getpwnam(user).pw_gid


def last_line(log: Path) -> str:
    lines = log.read_text(errors="replace").split("\n") if log.exists() else []
    return next((line.strip() for line in reversed(lines) if line.strip()), "it said nothing")
