"""``stonks up`` on a machine with nothing: all that it needs, and all of it down again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import Request, urlopen

import psutil
import pytest

from tests.integration.servers import free_port

CHILDREN = 2  # STONKS_WORKER_PROCESSES
PERSON = (
    b'{"fullName": "Ada Park", "username": "ada", "email": "ada@example.org",'
    b' "password": "correct horse battery"}'
)


@dataclass(frozen=True, slots=True)
class Up:
    """A running ``stonks up`` without its demo."""

    process: "subprocess.Popen[str]"
    port: int
    var: Path

    @property
    def family(self) -> list[psutil.Process]:
        """Every process that works for it, the stores and their own processes among them."""
        found = {
            process
            for process in psutil.process_iter(["environ"])
            if (process.info["environ"] or {}).get("STONKS_VAR") == str(self.var)
        }
        for process in list(found):
            with suppress(psutil.NoSuchProcess):
                found.update(process.children(recursive=True))
        return list(found)

    def answers(self, path: str, body: bytes | None = None) -> int:
        headers = {"Content-Type": "application/json"}
        request = Request(f"http://127.0.0.1:{self.port}{path}", body, headers)
        try:
            with urlopen(request, timeout=2) as answer:  # noqa: S310
                return int(answer.status)
        except (URLError, OSError, HTTPException) as error:
            return int(getattr(error, "code", 0))

    def wait_until(self, path: str, status: int, seconds: float = 60) -> None:
        end = monotonic() + seconds
        while self.answers(path) != status:
            assert self.process.poll() is None, self.process.communicate()
            assert monotonic() < end, f"{path} does not answer {status}"
            sleep(0.1)

    def wait_for(self, command: str, many: int, seconds: float = 60) -> None:
        """Until so many processes run this command."""
        end = monotonic() + seconds
        while sum(command_of(process) == command for process in self.family) < many:
            assert monotonic() < end, f"there are not {many} of {command}"
            sleep(0.1)

    def stop(self, how: signal.Signals) -> tuple[str, str]:
        """What it said, in all, until it had ended."""
        self.process.send_signal(how)
        return self.process.communicate(timeout=60)


def command_of(process: psutil.Process) -> str:
    """What follows ``python -m stonks``; empty for everything else."""
    with suppress(psutil.NoSuchProcess):
        line = process.cmdline()
        if "stonks" in line and line[0] == sys.executable:
            return line[line.index("stonks") + 1]
    return ""


@pytest.fixture
def var() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="stonks-up-"))
    yield folder / "var"
    rmtree(folder)


@contextmanager
def up(var: Path, *options: str) -> Iterator[Up]:
    port = free_port()
    outer = {name: v for name, v in os.environ.items() if not name.startswith("STONKS_")}
    process = subprocess.Popen(
        [sys.executable, "-m", "stonks", "up", "--port", str(port), "--no-demo", *options],
        env={**outer, "STONKS_VAR": str(var)},
        cwd=var.parent,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    running = Up(process, port, var)
    try:
        yield running
    finally:
        kill(running.family)
        process.communicate()


def kill(processes: list[psutil.Process]) -> None:
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=10)


def test_it_starts_tells_and_stops_without_a_trace(var: Path) -> None:
    with up(var) as first:
        first.wait_until("/readyz", 200)
        assert first.answers("/api/v1/auth/signup", PERSON) == 201
        first.wait_for("worker", 1 + CHILDREN)
        first.wait_for("relay", 1)
        told, complaints = first.stop(signal.SIGINT)
        assert f"http://localhost:{first.port}" in told
        assert str(var) in told
        assert re.search(r"Ctrl-C stops it\.\s+Stopped\.\s*$", told), told
        assert complaints == ""
        assert first.process.returncode == 0
        assert first.family == []
        assert (var / "secrets" / "token_private_key.pem").stat().st_mode & 0o077 == 0
    with up(var) as second:
        second.wait_until("/readyz", 200)
        assert second.answers("/api/v1/profiles/ada") == 200


def test_the_data_survives_kill_9_of_everything(var: Path) -> None:
    with up(var) as first:
        first.wait_until("/readyz", 200)
        assert first.answers("/api/v1/auth/signup", PERSON) == 201
        kill(first.family)
    with up(var) as second:
        second.wait_until("/readyz", 200)
        assert second.answers("/api/v1/profiles/ada") == 200
        second.stop(signal.SIGTERM)
        assert second.process.returncode == 0
        assert second.family == []


def test_what_outlives_a_killed_supervisor_is_in_nobodys_way(var: Path) -> None:
    with up(var) as first:
        first.wait_until("/readyz", 200)
        left = [process for process in first.family if process.pid != first.process.pid]
        first.process.kill()
        first.process.wait()
        with up(var) as second:
            second.wait_until("/readyz", 200)
            assert psutil.wait_procs(left, timeout=20)[1] == []
            second.stop(signal.SIGINT)
            assert second.family == []


def test_a_store_that_dies_is_started_again(var: Path) -> None:
    with up(var) as running:
        running.wait_until("/readyz", 200)
        before = postmaster(var)
        os.kill(before, signal.SIGKILL)
        while postmaster(var) in (0, before):
            sleep(0.1)
        running.wait_until("/readyz", 200)
        _, complaints = running.stop(signal.SIGINT)
        assert "PostgreSQL had died and was started again" in complaints


def postmaster(var: Path) -> int:
    with suppress(OSError, ValueError, IndexError):
        return int((var / "postgres" / "postmaster.pid").read_text().split()[0])
    return 0


def test_one_folder_is_for_one_stonks(var: Path) -> None:
    with up(var) as first:
        first.wait_until("/readyz", 200)
        with up(var) as second:
            _, complaints = second.process.communicate(timeout=30)
            assert second.process.returncode == 1
            assert re.fullmatch(r"Error: another Stonks \(process \d+\) runs on .*\n", complaints)
            assert first.answers("/readyz") == 200


def test_two_folders_run_side_by_side(var: Path) -> None:
    with up(var) as one, up(var.with_name("a folder with a long name, " + "x" * 80)) as other:
        one.wait_until("/readyz", 200)
        other.wait_until("/readyz", 200)
        assert one.answers("/api/v1/auth/signup", PERSON) == 201
        assert other.answers("/api/v1/profiles/ada") == 404
        one.stop(signal.SIGTERM)
        other.stop(signal.SIGTERM)
        assert [*one.family, *other.family] == []
