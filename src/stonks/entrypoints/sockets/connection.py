"""A connection: the one place that reads from and writes to its socket."""

from _socket import SHUT_WR
from _socket import socket as RawSocket  # noqa: N812 - gevent's socket costs two watchers
from collections import deque
from collections.abc import Callable
from enum import Enum
from time import monotonic
from typing import Any, Protocol

import structlog
from gevent import get_hub

from stonks.adapters.wire.closing import CloseCode
from stonks.adapters.wire.framing import PING, close_frame
from stonks.entrypoints.sockets import metrics
from stonks.entrypoints.sockets.inbox import Heard, Inbox
from stonks.entrypoints.sockets.limits import SocketLimits
from stonks.entrypoints.sockets.outbox import Outbox
from stonks.entrypoints.sockets.wheel import Wheel

_READ, _WRITE = 1, 2
_CHUNK = 16 * 1024
_RATE_WINDOW = 2.0
log = structlog.get_logger("stonks.sockets")


class _State(Enum):
    OPEN = 1
    CLOSING = 2  # a Close frame is on its way; nothing is written after it
    LINGERING = 3  # written to the end; what the peer still sends is thrown away
    GONE = 4


_OPEN, _CLOSING, _LINGERING, _GONE = _State  # asking the class each time costs a room dearly


class Listener(Protocol):
    """Who gets what a connection hears. Called in the hub: nothing here may block."""

    def heard(self, message: str | bytes) -> None:
        """One whole message: ``str`` where it was text, ``bytes`` where it was binary."""

    def gone(self) -> None:
        """The connection is over; called once."""


class Connection:
    """One WebSocket, read by a watcher of the hub: no greenlet, no queue, no timer of its own.

    ``send`` writes at once where the socket takes it and parks the rest in a bounded outbox.
    Everything that is written goes through here, pongs and closes too, so that frames never
    interleave. Not thread-safe: it belongs to the thread of its hub.
    """

    __slots__ = (
        "_backlog",
        "_frames",
        "_inbox",
        "_is_paused",
        "_limits",
        "_listener",
        "_outbox",
        "_place",
        "_put",
        "_reading",
        "_silence",
        "_since",
        "_sock",
        "_state",
        "_wheel",
        "_writing",
    )

    def __init__(self, sock: RawSocket, wheel: Wheel, limits: SocketLimits) -> None:
        sock.setblocking(False)
        self._sock = sock
        self._put = sock.send
        self._wheel = wheel
        self._limits = limits
        self._listener: Listener | None = None
        self._inbox = Inbox()
        self._outbox: Outbox | None = None
        self._backlog: deque[str | bytes] | None = None
        self._is_paused = False
        self._state = _OPEN
        self._silence = 0
        self._frames = 0
        self._since = 0.0
        self._reading: Any = get_hub().loop.io(sock.fileno(), _READ)
        self._writing: Any = None
        self._place = wheel.add(self)

    def listen(self, listener: Listener) -> None:
        """Start to read; ``listener`` gets what is heard."""
        self._listener = listener
        metrics.OPEN.inc()
        if not self._is_paused:
            self._reading.start(self._on_readable)

    @property
    def is_open(self) -> bool:
        return self._state is _OPEN

    @property
    def is_drained(self) -> bool:
        """Whether everything that was sent is with the kernel."""
        return self._outbox is None

    # Writing

    def send(self, frames: bytes) -> None:
        """Write whole frames, in order; closes with 4009 where too much is waiting already."""
        if self._state is not _OPEN:
            return
        if self._outbox is not None:
            self._queue(self._outbox, frames)
            return
        try:
            sent = self._put(frames)
        except BlockingIOError:
            sent = 0
        except OSError:
            self.drop()
            return
        if sent != len(frames):
            self._park(memoryview(frames)[sent:])

    def when_drained(self, then: Callable[[], None]) -> None:
        """Call ``then`` once, when everything is written or the connection is over."""
        if self._outbox is None:
            then()
        else:
            self._outbox.on_empty = then

    def close(self, code: CloseCode, reason: str = "") -> None:
        """Say why, after what is waiting, and end the connection; the peer has some seconds."""
        if self._state is not _OPEN:
            return
        metrics.CLOSED.labels(code=int(code)).inc()
        self._end_with(close_frame(code, reason))

    def _queue(self, outbox: Outbox, frames: bytes) -> None:
        if outbox.waiting + len(frames) <= self._limits.outbox_bytes:
            outbox.add(frames)
            return
        metrics.FELL_BEHIND.inc()
        self._state = _CLOSING
        outbox.give_up_on(close_frame(CloseCode.FELL_BEHIND, "too slow to keep up"))

    def _park(self, unwritten: memoryview) -> None:
        self._outbox = Outbox(unwritten)
        if self._writing is None:
            self._writing = get_hub().loop.io(self._sock.fileno(), _WRITE)
        self._writing.start(self._on_writable)
        self._wheel.expect(self, self._limits.stall_seconds)

    def _on_writable(self) -> None:
        outbox = self._outbox
        if outbox is None:
            return
        try:
            outbox.written(self._put(outbox.joined()))
        except BlockingIOError:
            return
        except OSError:
            self.drop()
            return
        if not outbox.waiting:
            self._unpark(outbox)
        elif self._state is _OPEN:  # who is closed has until the deadline, however it reads
            self._wheel.expect(self, self._limits.stall_seconds)

    def _unpark(self, outbox: Outbox) -> None:
        self._outbox = None
        self._writing.stop()
        self._wheel.relax(self)
        if self._state is _CLOSING:
            self._linger()
        if outbox.on_empty is not None:
            self._guard(outbox.on_empty)

    # Reading

    def pause(self) -> None:
        """Read no further: the peer's writes then wait in its own kernel."""
        if not self._is_paused:
            self._is_paused = True
            self._reading.stop()

    def resume(self) -> None:
        """Hand over what waits, then read on."""
        if not self._is_paused or self._state is not _OPEN:
            return
        self._is_paused = False
        self._guard(self._hand_over)
        if not self._is_paused and self._state is _OPEN:
            self._reading.start(self._on_readable)

    def _on_readable(self) -> None:
        try:
            data = self._sock.recv(_CHUNK)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.drop()
            return
        self._silence = 0
        if self._state is _OPEN:
            self._guard(lambda: self._take(self._inbox.feed(data)))

    def _take(self, heard: Heard) -> None:
        if self._is_flooded(heard.frames):
            self.close(CloseCode.TOO_MANY_FRAMES, "too many frames")
            return
        if heard.messages:
            self._backlog = deque(heard.messages)
            self._hand_over()
        if heard.failure is not None:
            self.close(heard.failure)
        elif self._state is _OPEN and any(heard.replies):
            self._reply(b"".join(heard.replies), heard.is_over)

    def _reply(self, frames: bytes, is_over: bool) -> None:
        """Answer pings and closes as the protocol wants it."""
        if is_over:
            self._end_with(frames)
        else:
            self.send(frames)

    def _is_flooded(self, frames: int) -> bool:
        now = monotonic()
        if now - self._since > _RATE_WINDOW:
            self._since, self._frames = now, 0
        self._frames += frames
        return self._frames > self._limits.frames_per_second * _RATE_WINDOW

    def _hand_over(self) -> None:
        while self._backlog and not self._is_paused and self._state is _OPEN:
            message = self._backlog.popleft()
            if self._listener is not None:
                self._listener.heard(message)
        if not self._backlog:
            self._backlog = None

    # The end

    def beat(self) -> None:
        """Once a heartbeat: ping the quiet, drop the dead.

        Who is paused cannot be heard, and who has yet to read what is waiting has no ping to
        answer: that one has a deadline already.
        """
        if self._state is not _OPEN or self._is_paused or self._outbox is not None:
            return
        self._silence += 1
        if self._silence > 2:
            self.drop()
        elif self._silence > 1:
            self.send(PING)

    def drop(self) -> None:
        """End it now, without a word."""
        if self._state is _GONE:
            return
        self._state = _GONE
        self._let_go()
        outbox, self._outbox = self._outbox, None
        listener, self._listener = self._listener, None
        self._backlog = None
        if outbox is not None and outbox.on_empty is not None:
            self._guard(outbox.on_empty)
        if listener is not None:
            metrics.OPEN.dec()
            self._guard(listener.gone)

    def _let_go(self) -> None:
        self._wheel.remove(self, self._place)
        for watcher in (self._reading, self._writing):
            if watcher is not None:
                watcher.stop()
                watcher.close()
        self._sock.close()

    def _end_with(self, frames: bytes) -> None:
        self.send(frames)
        if self._state is _OPEN:
            self._state = _CLOSING
        if self._state is _CLOSING and self._outbox is None:
            self._linger()

    def _linger(self) -> None:
        """Half-close, and read until the peer has closed: a reset would eat our last frames."""
        self._state = _LINGERING
        try:
            self._sock.shutdown(SHUT_WR)
        except OSError:
            self.drop()
            return
        self._reading.start(self._on_readable)
        self._wheel.expect(self, self._limits.linger_seconds)

    def _guard(self, act: Callable[[], None]) -> None:
        """A fault that listening meets ends this connection, and nothing else."""
        try:
            act()
        except Exception:
            log.exception("socket_failed")
            self.close(CloseCode.INTERNAL)
