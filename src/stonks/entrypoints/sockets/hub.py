"""All connections of one process."""

import random
from _socket import socket as RawSocket  # noqa: N812 - see connection
from functools import partial
from time import monotonic

import gevent
import structlog
from msgspec import DecodeError

from stonks.adapters.wire.batches import Batch, decode_batch
from stonks.adapters.wire.bus import Notice, decode_notice
from stonks.adapters.wire.closing import CloseCode
from stonks.application.identity.ports import SignedIn
from stonks.domain.ids import RoomId
from stonks.domain.presence.beat import ATTENDANCE_EVERY
from stonks.entrypoints.sockets.attendance import Attendance
from stonks.entrypoints.sockets.connection import Connection
from stonks.entrypoints.sockets.deps import SocketDeps
from stonks.entrypoints.sockets.desk import Desk
from stonks.entrypoints.sockets.feeds import Feeds
from stonks.entrypoints.sockets.limits import SocketLimits
from stonks.entrypoints.sockets.registry import Registry
from stonks.entrypoints.sockets.remarks import Remarks
from stonks.entrypoints.sockets.session import SocketSession
from stonks.entrypoints.sockets.showing import Showing
from stonks.entrypoints.sockets.sweeps import (
    NOTIFICATIONS_EVERY,
    POSITIONS_EVERY,
    SESSIONS_EVERY,
    VIEWERS_EVERY,
    Sweeps,
    every,
    once,
)
from stonks.entrypoints.sockets.switchboard import Switchboard
from stonks.entrypoints.sockets.timing import later
from stonks.entrypoints.sockets.wheel import Wheel

_DRAIN_TICK = 0.05
_GOODBYE = 2.0  # seconds for the last to hang up
log = structlog.get_logger(__name__)


class Hub:
    """Takes connections in, carries what rooms say to them, and sends them elsewhere at the end.

    It belongs to the thread, and so to the process, that builds it.
    """

    def __init__(self, deps: SocketDeps, limits: SocketLimits) -> None:
        self.is_draining = False
        self._deps = deps
        self._limits = limits
        self._wheel = Wheel(limits)
        self._desk = Desk()
        self._registry = Registry()
        self._feeds = Feeds(deps.bus, deps.reads, self._registry.bite, self._desk.put, later)
        self._remarks = Remarks(deps.bus, self._feeds, deps.new_id().hex)
        self._sweeps = Sweeps(deps, self._feeds, self._registry)
        self._attendance = Attendance(deps.people_online, self._registry)
        self._showing = Showing(deps.missed, self._registry, deps.now)
        self._board = Switchboard(
            deps,
            limits,
            self._feeds,
            self._registry,
            self._desk,
            self._remarks.make,
            self._greet,
        )
        self._greenlets: list[gevent.Greenlet[..., None]] = []

    @property
    def is_full(self) -> bool:
        return len(self._registry.everybody) >= self._limits.connections

    @property
    def size(self) -> int:
        return len(self._registry.everybody)

    def start(self) -> None:
        self._deps.writer.start()
        self._wheel.start()
        self._greenlets = [
            gevent.spawn(
                self._deps.bus.listen, self._hear_room, self._hear_control, self._look_again
            ),
            gevent.spawn(self._remarks.publish),
            gevent.spawn(every, POSITIONS_EVERY, self._sweeps.positions),
            gevent.spawn(every, VIEWERS_EVERY, self._sweeps.viewers),
            gevent.spawn(every, ATTENDANCE_EVERY, self._sweeps.attendance),
            gevent.spawn(every, SESSIONS_EVERY, self._sweeps.sessions),
            gevent.spawn(every, NOTIFICATIONS_EVERY, self._showing.missed),
            gevent.spawn(self._attendance.keep),
        ]

    def admit(
        self,
        sock: RawSocket,
        home: RoomId | None = None,
        after: int | None = None,
        person: SignedIn | None = None,
    ) -> None:
        """Take over a socket whose handshake is done; with ``home``, follow that room at once.

        Who came with a ticket or a cookie is that ``person`` from the start.
        """
        connection = Connection(sock, self._wheel, self._limits)
        SocketSession(self._deps.new_id(), connection, self._board, home).begin(after, person)

    def deliver(self, batch: Batch) -> None:
        """What this process stored, without the way over the bus; never blocks or raises."""
        try:
            self._feeds.hear(batch)
        except Exception:
            log.exception("delivery_failed", room=str(batch.room_id))

    def heed(self, notice: Notice) -> None:
        """What every process must know, from this one or another; never blocks or raises."""
        try:
            self._heed(notice)
        except Exception:
            log.exception("notice_failed")

    def drain(self, seconds: float) -> None:
        """Take nobody new, and send everybody elsewhere (1012), at random within ``seconds``."""
        self.is_draining = True
        waiting = [*self._registry.everybody]
        random.shuffle(waiting)
        ticks = max(1, int(seconds / _DRAIN_TICK))
        for tick in range(ticks):
            for session in waiting[tick::ticks]:
                session.close(CloseCode.RESTARTING, "the server restarts")
            if waiting:
                gevent.sleep(_DRAIN_TICK)
        self._wait_for_the_last()
        self._attendance.end()

    def stop(self) -> None:
        """End all that runs; connections that are left are cut."""
        self._deps.bus.close()
        gevent.killall(self._greenlets)
        self._desk.stop()
        self._wheel.stop()
        for session in [*self._registry.everybody]:
            session.drop()
        self._attendance.end()

    def _wait_for_the_last(self) -> None:
        until = monotonic() + _GOODBYE
        while self._registry.everybody and monotonic() < until:
            for session in [*self._registry.everybody]:
                session.close(CloseCode.RESTARTING, "the server restarts")
            gevent.sleep(_DRAIN_TICK)

    def _hear_room(self, room_id: RoomId, blob: bytes) -> None:
        try:
            batch = decode_batch(blob)
        except DecodeError:
            log.warning("bad_batch", room=str(room_id))
            return
        if not self._remarks.is_own(batch):
            self.deliver(batch)

    def _hear_control(self, message: bytes) -> None:
        try:
            notice = decode_notice(message)
        except DecodeError:
            log.warning("bad_notice")
            return
        self.heed(notice)
        if notice.told is not None:
            gevent.sleep(0)  # there may be many more people to tell

    def _greet(self, person: SignedIn) -> None:
        self._attendance.note()
        self._showing.greet(person)

    def _heed(self, notice: Notice) -> None:
        self._registry.end(notice.sessions_ended)
        for room_id in notice.rooms_closed:
            self._registry.lose(room_id)
        if notice.profiles_changed:
            self._desk.put(partial(self._sweeps.people, notice.profiles_changed))
        if notice.told is not None:
            self._showing.tell(notice.told)

    def _look_again(self) -> None:
        self._desk.put(self._sweeps.positions)
        self._desk.put(partial(once, self._showing.missed))
