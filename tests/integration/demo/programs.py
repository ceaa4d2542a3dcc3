"""The commands that people run beside a server."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import requests

from tests.integration.servers import RunningServer


def command(server: RunningServer, var: Path, *words: str) -> dict[str, Any]:
    """How ``stonks …`` is run so that it finds this server."""
    ours = {"STONKS_PORT": str(server.port), "STONKS_VAR": str(var), "STONKS_DATABASE_URL": ""}
    outer = {name: v for name, v in os.environ.items() if not name.startswith("STONKS_")}
    arguments = [sys.executable, "-m", "stonks", *words]
    return {"args": arguments, "env": outer | ours, "cwd": var}


@contextmanager
def running_demo(server: RunningServer, var: Path) -> Iterator["subprocess.Popen[str]"]:
    """A demo in a great hurry; what it says goes to ``demo.log``."""
    with (var / "demo.log").open("w") as log:
        demo = subprocess.Popen(
            **command(server, var, "demo", "--pace", "0.01"),
            stdout=log,
            stderr=subprocess.STDOUT,
            text=True,
        )
    try:
        yield demo
    finally:
        demo.kill()
        demo.wait()
        print((var / "demo.log").read_text())


def log_of(server: RunningServer, slug: str) -> list[dict[str, Any]]:
    """All that has happened in a channel; nothing while there is none."""
    entries: list[dict[str, Any]] = []
    while True:
        after = entries[-1]["seq"] if entries else 0
        address = f"{server.url}/api/v1/channels/{slug}/messages?after={after}&limit=100"
        answer = requests.get(address, timeout=10)
        if answer.status_code == 404:
            return []
        page = answer.json()["items"]
        if not page:
            return entries
        entries += page
