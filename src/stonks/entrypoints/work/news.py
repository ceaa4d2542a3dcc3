"""Which rooms have news for their endpoints, heard on the bus as it happens."""

from collections.abc import Callable, Collection
from threading import Event, Lock, Thread
from time import monotonic

import structlog

from stonks.adapters.wire.bus import Bus
from stonks.domain.errors import Refusal
from stonks.domain.ids import RoomId

SECONDS_BETWEEN_LOOKS = 1.0
PAUSE = 20.0
"""Seconds without a look, for each second that one takes."""
log = structlog.get_logger(__name__)


class News:
    """Only the fast path: what is not heard is found by a sweep.

    It has threads of its own, since a Redis that stalls must not stall who sweeps.
    """

    def __init__(
        self, bus: Bus, rooms: Callable[[], Collection[RoomId]], on_news: Callable[[], object]
    ) -> None:
        self._bus, self._rooms, self._on_news = bus, rooms, on_news
        self._heard: set[RoomId] = set()
        self._hearing = Lock()
        self._wanted: frozenset[RoomId] = frozenset()
        self._has_begun = False
        self._is_over = Event()

    def start(self) -> None:
        """Once; again does nothing."""
        if self._has_begun:
            return
        self._has_begun = True
        listen = (self._hear, lambda _: None, lambda: None)
        Thread(target=self._bus.listen, args=listen, name="news", daemon=True).start()
        Thread(target=self._follow, name="rooms-with-endpoints", daemon=True).start()

    def close(self) -> None:
        self._is_over.set()
        self._bus.close()

    def take(self) -> Collection[RoomId]:
        """The rooms in which something happened since this was asked last."""
        with self._hearing:
            heard, self._heard = self._heard, set()
        return heard

    def _hear(self, room_id: RoomId, _: bytes) -> None:
        with self._hearing:
            is_first = not self._heard
            self._heard.add(room_id)
        if is_first:
            self._on_news()

    def _follow(self) -> None:
        pause = SECONDS_BETWEEN_LOOKS
        while not self._is_over.wait(pause):
            began = monotonic()
            try:
                self.look()
            except Refusal as refusal:
                log.warning("rooms_unknown", code=refusal.code)
            except Exception:
                log.exception("rooms_unknown")
            pause = max(SECONDS_BETWEEN_LOOKS, PAUSE * (monotonic() - began))

    def look(self) -> None:
        """Listen to the rooms that have endpoints now, and to no others."""
        wanted = frozenset(self._rooms())
        for room_id in self._wanted - wanted:
            self._bus.unsubscribe(room_id)
        for room_id in wanted - self._wanted:
            self._bus.subscribe(room_id)
        self._wanted = wanted
