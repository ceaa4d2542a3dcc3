"""Programs under test: started on a core, watched in /proc, ended by their id."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rig.machine import pinned

TICKS = os.sysconf("SC_CLK_TCK")
PAGE_KIB = os.sysconf("SC_PAGE_SIZE") / 1024


class Failed(Exception):
    """A program did not do what a measure needs; the text says which and why."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A process and its descendants, as they are at the time of asking."""

    pid: int

    def cpu_seconds(self) -> float:
        """What they used, with what those used that ended and were waited for."""
        return sum(sum(map(int, _stat(pid)[11:15])) for pid in self.pids()) / TICKS

    def rss_kib(self) -> float:
        return sum(int(_stat(pid)[21]) for pid in self.pids()) * PAGE_KIB

    def forget_peak(self) -> None:
        """Begin anew with ``peak_kib``."""
        for pid in self.pids():
            Path(f"/proc/{pid}/clear_refs").write_text("5")

    def peak_kib(self) -> float:
        """The most resident memory that one of them had."""
        return max(map(_peak, self.pids()))

    def pids(self) -> list[int]:
        children: dict[int, list[int]] = {}
        for path in Path("/proc").glob("[0-9]*"):
            if stat := _stat(int(path.name)):
                children.setdefault(int(stat[1]), []).append(int(path.name))
        found = [self.pid]
        for pid in found:
            found.extend(children.get(pid, ()))
        return [pid for pid in found if _stat(pid)]


def _stat(pid: int) -> list[str]:
    """Fields 3 and on of /proc/PID/stat, or nothing where the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []


def _peak(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    return 0


@dataclass(frozen=True, slots=True)
class Program:
    """A server that listens on a port of 127.0.0.1."""

    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def tree(self) -> Tree:
        return Tree(self.process.pid)

    @classmethod
    def start(
        cls,
        command: Sequence[str],
        *,
        port: int,
        cores: set[int],
        log: Path,
        environ: Mapping[str, str] | None = None,
        cwd: Path | None = None,
        is_asked: bool = False,
    ) -> "Program":
        """Start it and wait until it listens; raises ``Failed`` with the end of its log.

        One that ``is_asked`` answers on its standard output what it is told on its input.
        """
        asking = subprocess.PIPE if is_asked else None
        with pinned(cores), log.open("wb") as output:
            process = subprocess.Popen(
                command,
                stdin=asking,
                stdout=asking or output,
                stderr=output,
                env=environ and dict(environ),
                cwd=cwd,
            )
        program = cls(process, port, log)
        program._wait_until_listening()
        return program

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            for pid in self.tree.pids():
                os.kill(pid, 9)
            self.process.wait()

    def _wait_until_listening(self, seconds: float = 60) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        self.stop()
        raise Failed(f"{self.process.args!r} does not listen:\n{self.log.read_text()[-2000:]}")


@contextmanager
def background(
    command: Sequence[str], *, cores: set[int], log: Path, environ: Mapping[str, str]
) -> Iterator[Tree]:
    """Run a program that listens nowhere while the block runs."""
    with pinned(cores), log.open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=output, env=dict(environ))
    try:
        yield Tree(process.pid)
        if process.poll() is not None:
            raise Failed(f"{command!r} ended:\n{log.read_text()[-2000:]}")
    finally:
        process.terminate()
        try:
            process.wait(30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
