"""Clients that mean harm, or are broken: each ends alone, and nobody else notices."""

import json
import zlib
from collections.abc import Iterator
from pathlib import Path
from time import sleep
from uuid import uuid4

import psutil
import pytest
from websockets.frames import Opcode

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up
from tests.integration.sockets.raw import RawClient, made, more, ping, text

LARGEST = 16 * 1024
PING = json.dumps({"type": "ping"})


@pytest.fixture(scope="module")
def server(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[RunningServer]:
    """One with the limits that everybody gets."""
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers(limits_scale=1)
    finally:
        servers.end()


@pytest.fixture(scope="module")
def host(server: RunningServer) -> Person:
    return sign_up(server, "hanna")


@pytest.fixture(scope="module")
def room(server: RunningServer, host: Person) -> str:
    return open_channel(server, "lounge", host)


@pytest.fixture(autouse=True)
def _nobody_else_notices(server: RunningServer, room: str) -> Iterator[None]:
    with Client(server, "/ws/channels/lounge") as bystander:
        yield
        bystander.send(type="ping")
        assert bystander.until(type="pong")
    log = server.log.read_text()
    assert "Traceback" not in log
    assert '"exc_type"' not in log


def padded(size: int) -> str:
    """A ping of this many bytes."""
    return PING + " " * (size - len(PING))


def test_the_largest_frame_is_taken_and_a_larger_one_is_not(server: RunningServer) -> None:
    with RawClient(server) as client:
        client.send(text(padded(LARGEST)))
        client.until(type="pong")
        client.send(text(padded(LARGEST + 1)))
        assert client.close_code() == 1009


@pytest.mark.parametrize("claimed", [LARGEST + 1, 2**31, 2**63 - 1])
def test_a_frame_that_only_claims_to_be_large_ends_at_once(
    server: RunningServer, claimed: int
) -> None:
    with RawClient(server) as client:
        client.write(b"\x81\xff" + claimed.to_bytes(8, "big") + b"mask")
        assert client.close_code() == 1009


def test_a_message_in_pieces_may_be_no_larger_either(server: RunningServer) -> None:
    with RawClient(server) as client:
        client.send(text(b" " * 8000, fin=False), more(b" " * 8000), more(b" " * 8000))
        assert client.close_code() == 1009


@pytest.mark.parametrize("piece", [b"", b" "])
def test_endless_pieces_end(server: RunningServer, piece: bytes) -> None:
    with RawClient(server) as client:
        client.send(text(piece, fin=False), *[more(piece)] * 1000)
        assert client.close_code() in (4008, 1009)


def test_pieces_with_a_ping_in_between_make_one_message(server: RunningServer) -> None:
    with RawClient(server) as client:
        whole = json.dumps({"type": "authenticate", "token": "\U0001f600"}, ensure_ascii=False)
        data = whole.encode()
        middle = data.index("\U0001f600".encode()) + 2  # in the middle of a character
        client.send(text(data[:middle], fin=False), ping(b"between"), more(data[middle:], fin=True))
        assert client.pong(b"between")
        assert client.until(type="error")["code"] not in ("bad_frame",)


@pytest.mark.parametrize(
    "data", [b"\xff", b"\xc0\xaf", b"\xed\xa0\x80", b"\xf5\x80\x80\x80", b'"\xe2\x82"']
)
def test_bad_utf8_ends_with_1007(server: RunningServer, data: bytes) -> None:
    with RawClient(server) as client:
        client.send(text(data))
        assert client.close_code() == 1007


def test_a_compressed_frame_ends_with_1002(server: RunningServer) -> None:
    offer = {"Sec-WebSocket-Extensions": "permessage-deflate; client_max_window_bits"}
    with RawClient(server, headers=offer) as client:
        assert "Sec-WebSocket-Extensions" not in client.response.headers
        bomb = zlib.compress(b" " * 1_000_000)
        client.write(b"\xc1\xfe" + len(bomb).to_bytes(2, "big") + bytes(4) + bomb)
        assert client.close_code() == 1002


@pytest.mark.parametrize(
    "data",
    [
        b'\x81\x0f{"type":"ping"}',  # not masked
        b"\x83\x80mask",  # an opcode of the future
        b"\x80\x80mask",  # a continuation of nothing
        b"\x09\x80mask",  # a ping in pieces
        b"\x89\xfe\x00\x7emask" + b"x" * 126,  # a ping that is too long
        b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
)
def test_what_is_no_websocket_ends_with_1002(server: RunningServer, data: bytes) -> None:
    with RawClient(server) as client:
        client.write(data)
        assert client.close_code() == 1002


@pytest.mark.parametrize("payload", [b"", b"\x03\xe8bye", b"\x03\xe8" + b"x" * 123])
def test_a_close_is_answered_with_the_same_code(server: RunningServer, payload: bytes) -> None:
    with RawClient(server) as client:
        client.send(made(Opcode.CLOSE, payload))
        assert client.close_code() == (1000 if payload else 0)


def test_a_thousand_frames_a_second_end_with_4008(server: RunningServer) -> None:
    with RawClient(server) as client:
        client.send(*[text(PING)] * 1000)
        assert client.close_code() == 4008


def test_a_thousand_pings_of_the_protocol_too(server: RunningServer) -> None:
    with RawClient(server) as client:
        client.send(*[ping(b"x")] * 1000)
        assert client.close_code() == 4008


def test_a_client_that_drips_is_heard(server: RunningServer) -> None:
    with RawClient(server) as client:
        for byte in text(PING) + ping(b"drop"):
            client.write(bytes([byte]))
            sleep(0.001)
        client.until(type="pong")
        assert client.pong(b"drop")


def test_requests_that_never_end_do_not_hold_up_others(server: RunningServer) -> None:
    """The bystander of this module is served while these are open."""
    half = [RawClient(server) for _ in range(20)]
    for client in half:
        client.write(b"\x81")
    with Client(server, "/ws/channels/lounge") as other:
        other.send(type="ping")
        assert other.until(type="pong")
    for client in half:
        client.socket.close()


def test_a_hundred_rooms_and_no_more(
    server: RunningServer, two_servers: tuple[RunningServer, RunningServer]
) -> None:
    without_limits = two_servers[0]
    host = sign_up(without_limits, "hundredrooms")
    rooms = [open_channel(without_limits, f"room-{number}", host) for number in range(101)]
    with Client(without_limits) as client:
        assert {client.subscribe(room)["type"] for room in rooms[:100]} == {"subscribed"}
        assert client.subscribe(rooms[100])["code"] == "too_many_rooms"
        assert client.subscribe(rooms[3])["type"] == "subscribed", "one of them again"
        client.send(type="unsubscribe", room=rooms[0])
        assert client.subscribe(rooms[100])["type"] == "subscribed"


def test_a_hundred_thousand_subscriptions_exhaust_nothing(server: RunningServer) -> None:
    (worker,) = map(psutil.Process, server.worker_pids)
    before = worker.memory_info().rss
    codes = []
    for _ in range(100):
        rooms = [{"type": "subscribe", "room": str(uuid4())} for _ in range(1000)]
        with RawClient(server) as client:
            client.send(*[text(json.dumps(each)) for each in rooms])
            codes.append(client.close_code())
    grown = worker.memory_info().rss - before
    print(f"100,000 subscriptions: {grown / 2**20:.1f} MiB more")
    assert set(codes) == {4008}
    assert grown < 32 * 2**20
