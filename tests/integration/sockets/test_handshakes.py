"""Who may open a socket: asked before the upgrade, answered as HTTP."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.people import open_channel, sign_up
from tests.integration.sockets.raw import RawClient

ALLOWED = "https://friends.example"


@pytest.fixture(scope="module")
def server(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        server = servers(allowed_origins=ALLOWED, public_url="https://stonks.example")
        open_channel(server, "lounge", sign_up(server, "hanna"))
        yield server
    finally:
        servers.end()


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "http://evil.example",
        "https://127.0.0.1:{port}",
        "http://127.0.0.1",
        "http://127.0.0.1:1{port}",
        "http://127.0.0.1:{port}.evil.example",
        "http://127.0.0.1:{port}@evil.example",
        "http://evil.example:{port}",
        "http://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}?x",
        "http://127.0.0.1:{port}#",
        "http://127.0.0.1:{port} http://evil.example",
        "http://localhost.evil.example:{port}",
        "ws://127.0.0.1:{port}",
        "file://",
        "127.0.0.1:{port}",
        "http://[::1",
        "http://127.0.0.1:port",
        "https://friends.example.evil.example",
        "http://friends.example",
        "https://friends.example:8443",
        "https://xn--stnks-jye.example",
        "https://st%D0%BEnks.example",
        "https://evilfriends.example",
        "https://stonks.example.evil.example",
    ],
)
@pytest.mark.parametrize("path", ["/ws", "/ws/channels/lounge"])
def test_pages_of_other_sites_are_refused(server: RunningServer, path: str, origin: str) -> None:
    headers = {"Origin": origin.format(port=server.port)}
    with RawClient(server, path, headers) as client:
        assert client.status == 403
        assert client.problem["code"] == "foreign_origin"


@pytest.mark.parametrize(
    "origin",
    [
        "http://127.0.0.1:{port}",
        "HTTP://127.0.0.1:{port}",
        "http://localhost:{port}",
        "http://[::1]:{port}",
        ALLOWED,
        "https://friends.example:443",
        "https://stonks.example",
    ],
)
def test_pages_of_this_site_and_of_its_friends_are_welcome(
    server: RunningServer, origin: str
) -> None:
    headers = {"Origin": origin.format(port=server.port)}
    with RawClient(server, "/ws", headers) as client:
        assert client.status == 101
        client.until(type="hello")


@pytest.mark.parametrize(
    ("host", "origin", "status"),
    [
        ("evil.example", "http://evil.example", 403),
        ("evil.example:{port}", "http://evil.example:{port}", 403),
        ("evil.example:{port}", "http://127.0.0.1:{port}", 403),
        ("localhost.evil.example", "http://localhost.evil.example", 403),
        ("localhost:{port}", "http://localhost:{port}", 101),
        ("[::1]:{port}", "http://[::1]:{port}", 101),
        ("stonks.example", "https://stonks.example", 101),
    ],
)
def test_a_name_that_somebody_pointed_here_opens_no_door(
    server: RunningServer, host: str, origin: str, status: int
) -> None:
    """DNS rebinding: the page's own site answers with this server's address."""
    port = server.port
    headers = {"Host": host.format(port=port), "Origin": origin.format(port=port)}
    with RawClient(server, "/ws", headers) as client:
        assert client.status == status


def test_clients_that_are_no_page_are_welcome(server: RunningServer) -> None:
    with RawClient(server, "/ws/channels/lounge") as client:
        client.until(type="subscribed")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-WebSocket-Version": "12"}, 426),
        ({"Sec-WebSocket-Version": ""}, 426),
        ({"Sec-WebSocket-Key": "c2hvcnQ="}, 400),
        ({"Sec-WebSocket-Key": "no base64 at all"}, 400),
        ({"Sec-WebSocket-Key": ""}, 400),
    ],
)
def test_a_bad_handshake_is_refused(
    server: RunningServer, headers: dict[str, str], status: int
) -> None:
    with RawClient(server, "/ws", headers) as client:
        assert client.status == status
        assert client.problem["status"] == status


@pytest.mark.parametrize("path", ["/ws", "/ws/channels/lounge"])
def test_what_is_no_handshake_is_told_to_upgrade(server: RunningServer, path: str) -> None:
    answer = requests.get(server.url + path, timeout=10)
    assert answer.status_code == 426
    assert answer.headers["Upgrade"] == "websocket"
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_unknown_channel_is_404_before_the_upgrade(server: RunningServer) -> None:
    for path in ("/ws/channels/nowhere", "/ws/channels/%00", "/ws/channels/%E2%84%AAo", "/wsx"):
        with RawClient(server, path) as client:
            assert client.status == 404, path


@pytest.mark.parametrize("after", ["-1", "x", "1.5", "", "99999999999999999999", "%D9%A1"])
def test_a_bad_after_is_400_before_the_upgrade(server: RunningServer, after: str) -> None:
    with RawClient(server, f"/ws/channels/lounge?after={after}") as client:
        assert client.status == 400
        assert client.problem["code"] == "bad_after"


def test_beyond_its_cap_a_process_takes_no_more(serve: Servers) -> None:
    server = serve(max_connections=10)
    inside = [RawClient(server) for _ in range(10)]
    try:
        with RawClient(server) as outside:
            assert outside.status == 503
            assert int(outside.response.headers["Retry-After"]) > 0
            assert outside.problem["code"] == "full"
        assert server.is_ready(), "HTTP goes on"
        inside.pop().socket.close()
        with RawClient(server) as late:
            assert late.status == 101
    finally:
        for client in inside:
            client.socket.close()


@pytest.mark.parametrize("name", ["%00", "ab%00", "%E2%84%AAara", "..%2f..", "%FF", "x" * 3000])
def test_names_that_nobody_can_have_are_unknown_over_http_too(
    server: RunningServer, name: str
) -> None:
    for path in (f"/profiles/{name}", f"/channels/{name}", f"/channels/{name}/messages"):
        answer = requests.get(f"{server.url}/api/v1{path}", timeout=10)
        assert answer.status_code == 404, (path, answer.text)
