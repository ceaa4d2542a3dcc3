"""Who does not read delays nobody and is closed; frames never interleave."""

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import requests
from websockets.frames import Frame, Opcode

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up
from tests.integration.sockets.raw import RawClient, decoded, made, ping

PATH = "/ws/channels/lounge"
LARGE = "\U0001f9c0" * 492  # 2 KB, the most that a message can have, with a number after it
SMALL_BUFFER = 4096
MOST = 8000  # messages: more than a kernel's buffers and an outbox hold
BEHIND = 2500  # messages: 5 MiB, more than a kernel takes, so that the outbox is in use
TOTAL = 3500


@pytest.fixture(scope="module")
def server(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers(outbox_kib=256)
    finally:
        servers.end()


@pytest.fixture(scope="module")
def host(server: RunningServer) -> Person:
    return sign_up(server, "hanna")


@pytest.fixture(scope="module")
def room(server: RunningServer, host: Person) -> str:
    return open_channel(server, "lounge", host)


def test_five_who_do_not_read_delay_none_of_fifty(
    server: RunningServer, host: Person, room: str
) -> None:
    with ExitStack() as stack:
        stuck = [
            stack.enter_context(RawClient(server, PATH, receive_buffer=SMALL_BUFFER))
            for _ in range(5)
        ]
        readers = [stack.enter_context(Client(server, PATH)) for _ in range(45)]
        writer = stack.enter_context(Client(server, person=host))
        sent = 0
        while sent < MOST and closed_by_now(server) < len(stuck):
            for _ in range(50):  # each of them reaches the last reader before the next ones go
                sent += 1
                writer.send(type="send", room=room, text=f"{LARGE}{sent:05}", nonce=f"n{sent}")
            last = max(writer.until(type="ack")["seq"] for _ in range(50))
            for reader in readers:
                reader.entry(last)
        print(f"5 stuck readers closed after {sent} messages; 45 others had each at once")
        assert closed_by_now(server) == len(stuck)
        for reader in readers:
            seqs = [frame["seq"] for frame in reader.unasked if frame["type"] == "entry"]
            assert len(set(seqs)) == len(seqs) == sent - sent // 50
        for client in stuck:
            assert client.close_code() == 4009, "what was cut off ends with a whole Close frame"


def closed_by_now(server: RunningServer) -> int:
    """How many fell behind, as the server itself counts."""
    lines = requests.get(f"{server.url}/metrics", timeout=10).text.splitlines()
    found = [line for line in lines if line.startswith("stonks_sockets_fell_behind_total")]
    return int(sum(float(line.rsplit(" ", 1)[1]) for line in found))


def test_frames_never_interleave(serve: Servers, host: Person, room: str) -> None:
    """For a reader that is always behind, with pongs and answers in between all the time."""
    server = serve(outbox_kib=16 * 1024)
    with (
        RawClient(server, receive_buffer=SMALL_BUFFER) as slow,
        Client(server, person=host) as writer,
    ):
        slow.say(type="subscribe", room=room)
        first = slow.until(type="subscribed")["seq"] + 1
        asked, seqs, sent = Asked(), [], 0
        while len(seqs) < TOTAL:
            while sent < min(TOTAL, len(seqs) + BEHIND):
                writer.send(type="send", room=room, text=f"{LARGE}{sent:05}", nonce=f"i{sent}")
                sent += 1
            if asked.waiting < 10:
                slow.send(asked.ping())
                slow.say(type="send", room=room, text="not signed in", nonce=asked.nonce())
            slow.read(1000)
            while slow.heard:
                message = asked.answered(slow.heard.popleft())
                if message["type"] == "entry":
                    assert message["data"]["text"] == f"{LARGE}{len(seqs):05}"
                    seqs.append(message["seq"])
        slow.send(made(Opcode.CLOSE, b"\x03\xe8"))
        assert slow.close_code() == 1000
    assert seqs == [*range(first, first + TOTAL)]
    assert asked.count > 10, "nothing came in between"


class Asked:
    """What was asked in between, no two alike; each must be answered, in order."""

    def __init__(self) -> None:
        self.count = 0
        self._pings: deque[bytes] = deque()
        self._nonces: deque[str] = deque()

    @property
    def waiting(self) -> int:
        return len(self._pings)

    def ping(self) -> bytes:
        self.count += 1
        self._pings.append(f"{self.count:0120}".encode())
        return ping(self._pings[-1])

    def nonce(self) -> str:
        self._nonces.append(f"nonce-{self.count}")
        return self._nonces[-1]

    def answered(self, frame: Frame) -> dict[str, Any]:
        """What the frame says, having checked what it answers."""
        if frame.opcode is Opcode.PONG:
            assert bytes(frame.data) == self._pings.popleft()
        message = decoded(frame) or {"type": "pong"}
        if message["type"] == "error":
            assert message["nonce"] == self._nonces.popleft()
        return message
