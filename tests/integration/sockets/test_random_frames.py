"""Whatever is sent to a server, it answers or closes as documented, and stays up."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from websockets.frames import Opcode

from tests.integration.servers import RunningServer, Servers
from tests.integration.sockets.client import Client
from tests.integration.sockets.people import Person, open_channel, sign_up
from tests.integration.sockets.raw import RawClient, decoded, made, text

DOCUMENTED = {0, 1000, 1002, 1007, 1009, 4008, 4014}
SENT_BY_CLIENTS = ("authenticate", "subscribe", "unsubscribe", "send", "typing", "ping")
ROOM = "ROOM"

values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(ROOM),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
fields = st.sampled_from(["room", "text", "token", "nonce", "after", "type", "more"])
messages = st.builds(
    lambda kind, rest: {**rest, "type": kind},
    st.sampled_from(SENT_BY_CLIENTS) | values,
    st.dictionaries(fields | st.text(), values | st.just(ROOM), max_size=5),
)
lines = st.builds(
    lambda line: {"type": "send", "room": ROOM, "text": line, "nonce": "n"},
    st.text(max_size=600) | st.text(max_size=600).map(lambda words: "/" + words),
)
several = st.lists(messages | lines, min_size=1, max_size=4)


@pytest.fixture(scope="module")
def server(
    postgres_url: str, redis_url: str, private_key: str, servers_folder: Path
) -> Iterator[RunningServer]:
    servers = Servers(postgres_url, redis_url, private_key, servers_folder)
    try:
        yield servers()
    finally:
        servers.end()


@pytest.fixture(scope="module")
def person(server: RunningServer) -> Person:
    return sign_up(server, "hanna")


@pytest.fixture(scope="module")
def room(server: RunningServer, person: Person) -> str:
    return open_channel(server, "lounge", person)


@pytest.fixture(scope="module", autouse=True)
def _the_server_stays_up_and_has_no_fault(server: RunningServer) -> Iterator[None]:
    pids = server.worker_pids
    yield
    assert server.worker_pids == pids
    log = server.log.read_text()
    assert "Traceback" not in log
    assert '"exc_type"' not in log
    assert '"level":"error"' not in log


with_a_server = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@with_a_server
@given(sent=several)
def test_any_json_is_answered(
    server: RunningServer, person: Person, room: str, sent: list[dict[str, object]]
) -> None:
    with RawClient(server) as client:
        client.say(type="authenticate", token=person.token)
        client.until(type="authenticated")
        for message in sent:
            client.send(text(json.dumps(message).replace(ROOM, room)))
        _is_answered(client)


@with_a_server
@given(data=st.binary(max_size=300))
def test_any_bytes_are_answered(server: RunningServer, data: bytes) -> None:
    with RawClient(server) as client:
        client.write(data)
        client.socket.shutdown(1)
        assert (client.close_code() or 0) in DOCUMENTED


@with_a_server
@given(
    frames=st.lists(
        st.tuples(
            st.sampled_from([Opcode.TEXT, Opcode.BINARY, Opcode.CONT, Opcode.PING, Opcode.PONG]),
            st.binary(max_size=125),
            st.booleans(),
        ),
        min_size=1,
        max_size=6,
    )
)
def test_any_frames_are_answered(
    server: RunningServer, frames: list[tuple[Opcode, bytes, bool]]
) -> None:
    with RawClient(server) as client:
        client.send(
            *[made(kind, data, fin=fin or kind >= Opcode.CLOSE) for kind, data, fin in frames]
        )
        client.send(made(Opcode.CLOSE, b"\x03\xe8"))
        assert (client.close_code() or 0) in DOCUMENTED


def _is_answered(client: RawClient) -> None:
    """Up to the answer to a ping that comes last, or to a Close, whatever there was to say."""
    client.say(type="ping")
    while frame := client.next():
        if frame.opcode is Opcode.CLOSE:
            assert int.from_bytes(bytes(frame.data)[:2], "big") in DOCUMENTED
            return
        message = decoded(frame)
        if message is not None and message["type"] == "pong":
            return
    raise AssertionError("ended without a Close frame")


def test_after_all_that_the_chat_goes_on(server: RunningServer, person: Person, room: str) -> None:
    with Client(server, "/ws/channels/lounge", person) as client:
        assert client.entry(client.ask(room, "all is well")["seq"])
