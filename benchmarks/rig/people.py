"""What the people of a benchmark do over the public API before anything is measured."""

import json
import secrets
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from typing import Any

from websockets.sync.client import connect

from rig.processes import Failed


def ask(port: int, path: str, body: object, *, token: str | None = None) -> Mapping[str, Any]:
    """POST JSON; raises ``Failed`` with the answer where it is no success."""
    headers = {"Content-Type": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    url = f"http://127.0.0.1:{port}{path}"
    request = urllib.request.Request(url, json.dumps(body).encode(), headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            told: Mapping[str, Any] = json.load(answer)
            return told
    except urllib.error.HTTPError as error:
        raise Failed(f"POST {path}: {error.code} {error.read()[:500]!r}") from error
    except OSError as error:
        raise Failed(f"POST {path}: {error}") from error


def wait_until_ready(port: int, seconds: float = 30) -> None:
    """Return when the server says that it and its stores are ready; raises ``Failed``."""
    until, told = time.monotonic() + seconds, "nothing"
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError as error:
            told = str(error)
        time.sleep(0.1)
    raise Failed(f"GET /readyz: {told}")


def room_of(port: int, slug: str) -> str:
    """The room's id, as the socket tells it to whoever enters."""
    with connect(f"ws://127.0.0.1:{port}/ws/channels/{slug}", compression=None) as socket:
        while True:
            frame = json.loads(socket.recv(timeout=10))
            if frame["type"] == "subscribed":
                return str(frame["room"])


def sign_up(port: int, number: int) -> str:
    body = {
        "fullName": f"Bench {number}",
        "username": f"bench{number}",
        "email": f"bench{number}@example.com",
        "password": secrets.token_urlsafe(18),
    }
    return str(ask(port, "/api/v1/auth/signup", body)["accessToken"])
