"""What is told to a room in passing, on every process: never stored, never repeated."""

import gevent
from gevent.queue import Full, Queue

from stonks.adapters.wire.batches import Batch, encode_batch
from stonks.adapters.wire.bus import Bus
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets.feeds import Feeds

MOST_WAITING = 1000


class Remarks:
    """Says them here at once and hands them to the bus in a greenlet; too many are dropped."""

    def __init__(self, bus: Bus, feeds: Feeds, origin: str) -> None:
        self._bus = bus
        self._feeds = feeds
        self._origin = origin
        self._waiting: Queue[Batch] = Queue(MOST_WAITING)

    def make(self, room_id: RoomId, frames: bytes) -> None:
        """Never blocks."""
        batch = Batch(room_id, 0, 0, frames, origin=self._origin)
        self._feeds.hear(batch)
        try:
            self._waiting.put_nowait(batch)
        except Full:
            return

    def is_own(self, batch: Batch) -> bool:
        return batch.origin == self._origin

    def publish(self) -> None:
        """Runs until it is killed."""
        while True:
            batch = self._waiting.get()
            self._bus.publish([(batch.room_id, encode_batch(batch))])
            gevent.sleep(0)
