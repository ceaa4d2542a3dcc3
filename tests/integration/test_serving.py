"""A web process from its start to its end."""

import json
import os
import signal
import subprocess
import sys
import threading
from http.client import HTTPConnection
from pathlib import Path
from time import monotonic, sleep
from urllib.request import urlopen

from tests.integration.servers import RunningServer, Servers, free_port


def test_it_is_alive_and_ready(two_servers: tuple[RunningServer, RunningServer]) -> None:
    for server in two_servers:
        assert urlopen(f"{server.url}/healthz").status == 200  # noqa: S310
        assert json.load(urlopen(f"{server.url}/readyz"))["status"] == "ready"  # noqa: S310


def test_it_stops_in_order_when_told(serve: Servers) -> None:
    server = serve()
    assert server.terminate() == 0


def test_it_goes_on_answering_while_it_drains(serve: Servers) -> None:
    server = serve(drain_seconds=1)
    answered: list[int] = []
    stopper = threading.Timer(0.2, server.process.terminate)  # type: ignore[union-attr]
    stopper.start()
    end = monotonic() + 1
    while monotonic() < end:
        answered.append(urlopen(f"{server.url}/healthz").status)  # noqa: S310
        sleep(0.01)
    assert set(answered) == {200}
    assert not server.is_ready()
    assert server.process.wait(15) == 0  # type: ignore[union-attr]


def test_several_workers_share_their_metrics(serve: Servers) -> None:
    server = serve(web_workers=2)
    assert len(server.worker_pids) == 2
    for _ in range(20):
        urlopen(f"{server.url}/healthz").close()  # noqa: S310
    seen = {_healthz_count(server) for _ in range(10)}
    assert seen == {20.0}
    assert server.terminate() == 0  # and tidies up


def _healthz_count(server: RunningServer) -> float:
    lines = urlopen(f"{server.url}/metrics").read().decode().splitlines()  # noqa: S310
    found = [line for line in lines if "stonks_http_requests_total{" in line and "/healthz" in line]
    return sum(float(line.rsplit(" ", 1)[1]) for line in found)


def test_a_dead_worker_is_replaced(serve: Servers) -> None:
    server = serve()
    (worker,) = server.worker_pids
    os.kill(worker, signal.SIGKILL)
    end = monotonic() + 10
    while server.worker_pids in ([], [worker]) and monotonic() < end:
        sleep(0.05)
    server.wait_until_ready()


def test_workers_do_not_outlive_their_supervisor(serve: Servers) -> None:
    server = serve()
    (worker,) = server.worker_pids
    os.kill(server.pid, signal.SIGKILL)
    server.process.wait()  # type: ignore[union-attr]
    end = monotonic() + 10
    while os.path.exists(f"/proc/{worker}") and monotonic() < end:
        sleep(0.1)
    assert not os.path.exists(f"/proc/{worker}")


def test_a_forged_scheme_is_not_believed(
    two_servers: tuple[RunningServer, RunningServer],
) -> None:
    server, _ = two_servers
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", "/healthz", headers={"X-Forwarded-Proto": "https"})
    answer = connection.getresponse()
    assert answer.status == 200
    assert "Strict-Transport-Security" not in answer.headers


def test_a_port_that_is_taken_is_told_in_one_line(
    two_servers: tuple[RunningServer, RunningServer], tmp_path: Path
) -> None:
    server, _ = two_servers
    told = _serve(server, tmp_path, STONKS_PORT=str(server.port))
    assert told.returncode == 1
    assert told.stderr.count("\n") == 1
    assert f"port {server.port}" in told.stderr
    assert "STONKS_PORT" in told.stderr


def test_a_key_is_required_with_a_database_of_its_own(
    two_servers: tuple[RunningServer, RunningServer], tmp_path: Path
) -> None:
    server, _ = two_servers
    told = _serve(server, tmp_path, STONKS_TOKEN_PRIVATE_KEY="", STONKS_PORT=str(free_port()))
    assert told.returncode == 1
    assert told.stderr.startswith("Error: STONKS_TOKEN_PRIVATE_KEY is required")


def _serve(
    server: RunningServer, folder: Path, **environ: str
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "stonks", "serve"],
        env={**server.environ, **environ},
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
