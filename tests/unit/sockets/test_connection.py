"""One writer, bounded, in order; hostile bytes end only the connection that they come from."""

import os
from collections.abc import Callable, Iterator
from time import monotonic

import gevent
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from websockets.frames import Opcode

from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.framing import text_frame
from stonks.entrypoints.sockets.connection import Connection, _State
from stonks.entrypoints.sockets.limits import SocketLimits
from stonks.entrypoints.sockets.wheel import Wheel
from tests.unit.sockets.peer import Peer, eventually, pair

LIMITS = SocketLimits(outbox_bytes=64 * 1024, linger_seconds=0.2, stall_seconds=0.2)
Open = Callable[..., tuple[Connection, Peer, "Listener"]]


class Listener:
    def __init__(self) -> None:
        self.messages: list[str | bytes] = []
        self.ends = 0
        self.fault: Exception | None = None

    def heard(self, message: str | bytes) -> None:
        if self.fault is not None:
            raise self.fault
        self.messages.append(message)

    def gone(self) -> None:
        self.ends += 1


def connect(
    wheel: Wheel, limits: SocketLimits = LIMITS, buffer: int | None = None
) -> tuple[Connection, Peer, Listener]:
    ours, theirs = pair(buffer=buffer)
    connection, listener = Connection(ours, wheel, limits), Listener()
    connection.listen(listener)
    return connection, Peer(theirs), listener


@pytest.fixture
def wheel() -> Wheel:
    return Wheel(LIMITS)


@pytest.fixture
def open_(wheel: Wheel) -> Iterator[Open]:
    opened: list[tuple[Connection, Peer]] = []

    def open_one(
        limits: SocketLimits = LIMITS, buffer: int | None = None
    ) -> tuple[Connection, Peer, Listener]:
        connection, peer, listener = connect(wheel, limits, buffer)
        opened.append((connection, peer))
        return connection, peer, listener

    yield open_one
    for connection, peer in opened:
        connection.drop()
        peer.sock.close()


def test_messages_are_heard_whole_and_in_order(open_: Open) -> None:
    _, peer, listener = open_()
    peer.frame(Opcode.TEXT, b"one")
    peer.frame(Opcode.TEXT, b"zw", fin=False)
    peer.frame(Opcode.PING, b"in between")
    peer.frame(Opcode.CONT, "ölf".encode())
    peer.frame(Opcode.BINARY, b"\x00")
    assert eventually(lambda: len(listener.messages) == 3)
    assert listener.messages == ["one", "zwölf", b"\x00"]
    assert peer.sees(lambda it: it.frames)
    assert (peer.frames[0].opcode, peer.frames[0].data) == (Opcode.PONG, b"in between")


@settings(max_examples=12, deadline=None)
@given(st.lists(st.text(max_size=300), min_size=1, max_size=8), st.randoms(use_true_random=False))
def test_messages_are_heard_however_their_bytes_are_cut(texts: list[str], random) -> None:  # type: ignore[no-untyped-def]
    wheel = Wheel(LIMITS)
    connection, peer, listener = connect(wheel)
    other, other_peer, other_listener = connect(wheel)
    stream = b"".join(_masked(text) for text in texts)
    while stream:
        cut = random.randint(1, len(stream))
        peer.write(stream[:cut])
        other_peer.frame(Opcode.TEXT, b"meanwhile")  # parsers are lent around
        gevent.sleep(0.0002)
        stream = stream[cut:]
    assert eventually(lambda: len(listener.messages) == len(texts))
    assert listener.messages == texts
    assert set(other_listener.messages) <= {"meanwhile"}
    for end in (connection, other):
        end.drop()
    for it in (peer, other_peer):
        it.sock.close()


def _masked(text: str) -> bytes:
    from websockets.frames import Frame

    return Frame(Opcode.TEXT, text.encode()).serialize(mask=True)


def test_frames_never_interleave_while_the_reader_is_slow(open_: Open) -> None:
    limits = SocketLimits(outbox_bytes=4 << 20)
    connection, peer, _ = open_(limits, buffer=4096)
    sent = [b"%d:" % number + os.urandom(4096).hex().encode() for number in range(40)]
    for number, payload in enumerate(sent):
        connection.send(text_frame(payload))
        if number % 5 == 0:
            peer.frame(Opcode.PING, b"%d" % number)
        if number % 3 == 0:
            gevent.sleep(0.0005)
            peer.read(777)
    connection.close(CloseCode.RESTARTING)
    assert peer.is_closed_with(1012)
    assert peer.texts == sent
    pongs = [frame.data for frame in peer.frames if frame.opcode is Opcode.PONG]
    assert pongs
    assert peer.frames[-1].opcode is Opcode.CLOSE


def test_a_reader_that_stops_is_closed_with_4009_and_delays_nobody(open_: Open) -> None:
    stopped, stuck, listener = open_(buffer=4096)
    quick, reader, _ = open_()
    frame, slowest = text_frame(b"x" * 8192), 0.0
    for _ in range(60):
        started = monotonic()
        stopped.send(frame)
        quick.send(frame)
        slowest = max(slowest, monotonic() - started)
        reader.read()
    assert slowest < 0.5, "a write to who does not read would block until the deadline"
    assert reader.sees(lambda it: len(it.texts) == 60)
    assert not stopped.is_open
    assert stuck.is_closed_with(4009)
    assert len(stuck.texts) < 60
    assert set(stuck.texts) <= {b"x" * 8192}
    assert stuck.sees(lambda it: it.is_eof)
    stuck.sock.close()
    assert eventually(lambda: listener.ends == 1)


def test_a_reader_that_never_reads_again_is_dropped_at_the_deadline(
    open_: Open, wheel: Wheel
) -> None:
    connection, _, listener = open_(buffer=4096)
    connection.send(text_frame(b"x" * 20_000))
    wheel.tick()
    assert listener.ends == 0
    gevent.sleep(0.25)
    wheel.tick()
    assert listener.ends == 1


def drips(connection: Connection, peer: Peer, wheel: Wheel, seconds: float) -> bool:
    """Whether a connection to somebody who reads a little again and again lasts so long."""
    until, peer.raw = monotonic() + seconds, 0
    while connection._state is not _State.GONE and monotonic() < until:
        peer.read(2048)
        gevent.sleep(0.02)
        wheel.tick()
    assert peer.raw > 2048, "it was being written to"
    return connection._state is not _State.GONE


def test_who_reads_little_by_little_is_waited_for_until_the_connection_is_closed(
    open_: Open, wheel: Wheel
) -> None:
    limits = SocketLimits(stall_seconds=0.2, linger_seconds=0.2, outbox_bytes=1 << 20)
    connection, peer, listener = open_(limits, buffer=4096)
    connection.send(text_frame(b"x" * 400_000))
    assert drips(connection, peer, wheel, 0.5)
    connection.close(CloseCode.RESTARTING)
    assert not drips(connection, peer, wheel, 0.5)
    assert listener.ends == 1


def test_the_quiet_are_pinged_and_the_dead_are_dropped(open_: Open, wheel: Wheel) -> None:
    _, alive, listener = open_()
    _, _, dead = open_()
    for _ in range(6):
        for _ in range(LIMITS.heartbeat_seconds):
            wheel.tick()
        alive.read()
        gevent.sleep(0.005)
    assert any(frame.opcode is Opcode.PING for frame in alive.frames)
    assert listener.ends == 0
    assert dead.ends == 1


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("oversized", b"\x81\xff" + (1 << 20).to_bytes(8, "big") + b"mask", 1009),
        ("compressed", b"\xc1\x85maskhello", 1002),
        ("unmasked", b"\x81\x05hello", 1002),
        ("unknown opcode", b"\x83\x80mask", 1002),
        ("bad utf-8", b"\x81\x82\x00\x00\x00\x00\xc3\x28", 1007),
        ("a long ping", b"\x89\xfe\x00\x80mask" + b"x" * 128, 1002),
        ("a continuation of nothing", b"\x80\x80mask", 1002),
    ],
)
def test_hostile_frames_are_answered_by_a_close(
    open_: Open, name: str, data: bytes, code: int
) -> None:
    _, peer, listener = open_()
    peer.write(data)
    assert peer.is_closed_with(code), name
    peer.sock.close()
    assert eventually(lambda: listener.ends == 1)
    assert listener.messages == []


def test_fragments_without_end_come_to_an_end(open_: Open) -> None:
    _, peer, _ = open_(SocketLimits(frames_per_second=1_000_000))
    peer.frame(Opcode.TEXT, b"x" * 1000, fin=False)
    for _ in range(20):
        peer.frame(Opcode.CONT, b"x" * 1000, fin=False)
        gevent.sleep(0)
    assert peer.is_closed_with(1009)


@pytest.mark.parametrize("opcode", [Opcode.TEXT, Opcode.PING, Opcode.PONG])
def test_a_thousand_frames_a_second_are_too_many(open_: Open, opcode: Opcode) -> None:
    _, peer, listener = open_()
    for _ in range(1000):
        peer.frame(opcode, b"")
        if peer.is_eof:
            break
    assert peer.is_closed_with(4008)
    assert len(listener.messages) <= 100


def test_a_paused_connection_hears_the_rest_when_it_resumes(open_: Open) -> None:
    connection, peer, listener = open_()
    peer.frame(Opcode.TEXT, b"one")
    assert eventually(lambda: listener.messages == ["one"])
    connection.pause()
    for text in (b"two", b"three"):
        peer.frame(Opcode.TEXT, text)
    gevent.sleep(0.01)
    assert listener.messages == ["one"]
    connection.resume()
    assert eventually(lambda: listener.messages == ["one", "two", "three"])


def test_a_fault_ends_only_its_own_connection(open_: Open) -> None:
    _, peer, listener = open_()
    _, other, its_listener = open_()
    listener.fault = RuntimeError("a bug")
    peer.frame(Opcode.TEXT, b"trip over this")
    assert peer.is_closed_with(1011)
    other.frame(Opcode.TEXT, b"fine")
    assert eventually(lambda: its_listener.messages == ["fine"])


def test_the_peers_close_is_answered_and_nothing_is_sent_after_it(open_: Open) -> None:
    connection, peer, listener = open_()
    peer.frame(Opcode.TEXT, b"last words")
    peer.frame(Opcode.CLOSE, b"\x03\xe8")
    assert peer.is_closed_with(1000)
    connection.send(text_frame(b"too late"))
    assert peer.sees(lambda it: it.is_eof)
    assert peer.texts == []
    assert listener.messages == ["last words"]
    peer.sock.close()
    assert eventually(lambda: listener.ends == 1)


def test_a_peer_that_vanishes_is_noticed_once(open_: Open) -> None:
    connection, peer, listener = open_()
    peer.sock.close()
    assert eventually(lambda: listener.ends == 1)
    connection.send(text_frame(b"nobody"))
    connection.close(CloseCode.NORMAL)
    connection.drop()
    assert listener.ends == 1


def test_who_waits_for_the_outbox_is_told_when_it_is_empty_and_when_all_is_over(
    open_: Open,
) -> None:
    connection, peer, _ = open_(buffer=4096)
    told: list[str] = []
    connection.when_drained(lambda: told.append("at once"))
    connection.send(text_frame(b"x" * 20_000))
    connection.when_drained(lambda: told.append("empty"))
    assert told == ["at once"]
    assert peer.sees(lambda it: len(it.texts) == 1)
    assert eventually(lambda: told == ["at once", "empty"])
    connection.send(text_frame(b"x" * 20_000))
    connection.when_drained(lambda: told.append("over"))
    connection.drop()
    assert told[-1] == "over"
