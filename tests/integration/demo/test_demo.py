"""The demo on a real server: it plays everything, and nothing stops it."""

from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

import pytest
import requests

from tests.integration.demo.programs import log_of, running_demo
from tests.integration.servers import RunningServer, Servers

MODERATION = {
    "member_timed_out",
    "message_pinned",
    "message_unpinned",
    "message_hidden",
    "title_changed",
    "description_changed",
    "slow_mode_changed",
    "admin_set",
    "admin_unset",
    "member_banned",
    "member_unbanned",
}
ON_AIR = {"stream_started", "stream_ended"}


@pytest.fixture(scope="module")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the password of the demo lies, for as long as its accounts."""
    return tmp_path_factory.mktemp("var")


def until(is_so: Callable[[], bool], what: str, seconds: float = 60) -> None:
    end = monotonic() + seconds
    while not is_so():
        assert monotonic() < end, f"never so: {what}"
        sleep(0.2)


def kinds(server: RunningServer) -> set[str]:
    return {entry["kind"] for entry in log_of(server, "lounge")}


def length(server: RunningServer) -> int:
    return len(log_of(server, "lounge"))


def on_air(server: RunningServer) -> list[str]:
    """The streams of the lounge that are live."""
    address = f"{server.url}/api/v1/channels/lounge/streams?limit=100"
    streams = requests.get(address, timeout=10).json()["items"]
    return [stream["id"] for stream in streams if stream["endedAt"] is None]


def goes_on(server: RunningServer) -> None:
    before = length(server)
    until(lambda: length(server) > before + 5, "talk that goes on")


def test_it_plays_everything_through_the_public_api(serve: Servers, var: Path) -> None:
    server = serve()
    with running_demo(server, var) as demo:
        until(lambda: kinds(server) >= MODERATION | ON_AIR, "every kind of moderation, and a break")
        assert demo.poll() is None
    log = log_of(server, "lounge")
    assert [entry["seq"] for entry in log] == list(range(1, len(log) + 1))
    assert len({entry["actor"]["username"] for entry in log}) == 7
    assert (var / "demo.log").read_text() == ""


def test_it_goes_on_after_the_server_and_after_itself(serve: Servers, var: Path) -> None:
    server = serve()
    with running_demo(server, var) as demo:
        until(lambda: length(server) > 10, "the beginning")
        for stop in (server.terminate, server.kill):
            stop()
            server.start()
            goes_on(server)
        assert demo.poll() is None
    live = on_air(server)  # none, where it was stopped in a break
    with running_demo(server, var):
        goes_on(server)
        until(lambda: len(on_air(server)) == 1, "a stream, and no second one")
        assert {*live} <= {*on_air(server)}


def test_it_leaves_names_alone_that_belong_to_somebody_else(
    serve: Servers, var: Path, tmp_path: Path
) -> None:
    server = serve()
    with running_demo(server, var):
        until(lambda: length(server) > 3, "the first demo")
    with running_demo(server, tmp_path) as stranger:
        told = "there is no demo: mira has another password\n"
        until(lambda: (tmp_path / "demo.log").read_text() == told, told)
        assert stranger.poll() is None
