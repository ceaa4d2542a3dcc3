"""Real processes of Stonks, ended for certain."""

import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import psutil

from stonks.adapters.sealing import new_sealing_key
from stonks.adapters.webpush import new_vapid_key

SECONDS_TO_START = 30
SEALING_KEY = new_sealing_key()
VAPID_KEY = new_vapid_key()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@dataclass(slots=True)
class RunningProcess:
    """One ``stonks`` command with the processes that it starts."""

    environ: Mapping[str, str]
    log: Path
    process: "subprocess.Popen[bytes] | None" = None
    program: Sequence[str] = ("-m", "stonks")

    @property
    def command(self) -> Sequence[str]:
        raise NotImplementedError

    def is_ready(self) -> bool:
        raise NotImplementedError

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def worker_pids(self) -> list[int]:
        return [child.pid for child in psutil.Process(self.pid).children()]

    def start(self) -> None:
        """Start it and wait until it is ready."""
        self.launch()
        self.wait_until_ready()

    def launch(self) -> None:
        """Start it, and wait for nothing."""
        with self.log.open("ab") as output:
            self.process = subprocess.Popen(
                [sys.executable, *self.program, *self.command],
                env={**self.environ},
                cwd=self.log.parent,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def wait_until_ready(self, seconds: float = SECONDS_TO_START) -> None:
        end = monotonic() + seconds
        while not self.is_ready():
            name = self.command[0]
            assert self._process.poll() is None, f"{name} ended:\n{self.log.read_text()}"
            assert monotonic() < end, f"{name} is not ready:\n{self.log.read_text()}"
            sleep(0.05)

    def kill(self) -> None:
        """``kill -9`` of the process and its workers, all at once."""
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        self._process.wait()

    def terminate(self, seconds: float = 30) -> int:
        """SIGTERM, as a supervisor sends it; answers the exit code."""
        self._process.terminate()
        return self._process.wait(seconds)

    def restart(self) -> None:
        """Stop in order and start again, on the same port."""
        self.terminate()
        self.start()

    def end(self) -> None:
        """Leave no process behind, however the test went."""
        if self.process:
            self.kill()

    @property
    def _process(self) -> "subprocess.Popen[bytes]":
        assert self.process, "not started"
        return self.process


@dataclass(slots=True)
class RunningServer(RunningProcess):
    """One ``stonks serve``, on a port that it keeps across restarts."""

    port: int = field(default_factory=free_port)

    @property
    def command(self) -> Sequence[str]:
        return ("serve", "--port", str(self.port))

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def ws_url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def is_ready(self) -> bool:
        try:
            with urlopen(f"{self.url}/readyz", timeout=2) as answer:  # noqa: S310 - our own address
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


@dataclass(slots=True)
class RunningInBackground(RunningProcess):
    """One command that answers nobody, but says in its log when it has begun to work."""

    name: str = ""
    begun: str = ""

    @property
    def command(self) -> Sequence[str]:
        return (self.name,)

    def is_ready(self) -> bool:
        return re.search(self.begun, self.logged()) is not None

    def logged(self) -> str:
        """What it logged since it was last launched."""
        return self.log.read_text()[self._before :]

    def launch(self) -> None:
        self._before = len(self.log.read_text()) if self.log.exists() else 0
        RunningProcess.launch(self)

    _before: int = 0


@dataclass(slots=True)
class Servers:
    """Makes servers on one pair of stores, and ends them all."""

    database_url: str
    redis_url: str
    private_key: str
    folder: Path
    program: Sequence[str] = ("-m", "stonks")
    made: list[RunningServer] = field(default_factory=list)
    behind: list[RunningInBackground] = field(default_factory=list)

    def __call__(self, **settings: object) -> RunningServer:
        """A started server; ``settings`` are Stonks's own: ``web_workers=2``."""
        log = self.folder / f"serve-{len(self.made)}.log"
        server = RunningServer(self._environ(settings), log, program=self.program)
        self.made.append(server)
        server.start()
        return server

    def worker(self, **settings: object) -> RunningInBackground:
        """A started worker."""
        worker = self._behind("worker", r" ready\.", settings)
        worker.start()
        return worker

    def relay(self, **settings: object) -> RunningInBackground:
        """A relay, active unless another is."""
        relay = self._behind("relay", "relay_(active|stands_by)", settings)
        relay.start()
        return relay

    def end(self) -> None:
        for process in (*self.made, *self.behind):
            process.end()

    def _behind(self, name: str, begun: str, settings: Mapping[str, object]) -> RunningInBackground:
        log = self.folder / f"{name}-{len(self.behind)}.log"
        process = RunningInBackground(
            self._environ(settings), log, program=self.program, name=name, begun=begun
        )
        self.behind.append(process)
        return process

    def _environ(self, settings: Mapping[str, object]) -> dict[str, str]:
        given = {f"STONKS_{name.upper()}": str(value) for name, value in settings.items()}
        outer = {name: v for name, v in os.environ.items() if not name.startswith("STONKS_")}
        return outer | {
            "STONKS_DATABASE_URL": self.database_url,
            "STONKS_REDIS_URL": self.redis_url,
            "STONKS_TOKEN_PRIVATE_KEY": self.private_key,
            "STONKS_SEALING_KEYS": SEALING_KEY,
            "STONKS_VAPID_PRIVATE_KEY": VAPID_KEY,
            "STONKS_VAR": str(self.folder / "var"),
            "TMPDIR": str(self.folder),  # whoever is killed leaves its temporary files there
            "STONKS_LIMITS_SCALE": "1000",
            "STONKS_DRAIN_SECONDS": "0.3",
            "STONKS_LOG_FORMAT": "json",
            "STONKS_MAIL_URL": "memory:",
            **given,
        }
