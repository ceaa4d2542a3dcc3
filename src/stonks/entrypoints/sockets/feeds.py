"""The rooms that somebody in this process follows."""

from collections.abc import Callable, Sequence

from gevent.event import AsyncResult

from stonks.adapters.wire.batches import Batch, Control
from stonks.adapters.wire.bus import Bus
from stonks.application.chat.ports import ChatReads
from stonks.domain.errors import NotFound
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets.audience import Receiver
from stonks.entrypoints.sockets.feed import RoomFeed, Run
from stonks.entrypoints.sockets.timing import Later

LINGERS = 5.0  # seconds that an empty room is kept, since people reload pages


class Feeds:
    """Opens a feed for the first who follows a room, and closes it after the last."""

    def __init__(
        self,
        bus: Bus,
        reads: ChatReads,
        on_controls: Callable[[RoomId, Sequence[Control]], None],
        run: Run,
        later: Later,
    ) -> None:
        self._bus = bus
        self._reads = reads
        self._on_controls = on_controls
        self._run = run
        self._later = later
        self._open: dict[RoomId, RoomFeed] = {}
        self._opening: dict[RoomId, AsyncResult[None]] = {}

    def all(self) -> list[RoomFeed]:
        return [*self._open.values()]

    def hear(self, batch: Batch) -> None:
        feed = self._open.get(batch.room_id)
        if feed is not None:
            feed.hear(batch)

    def expect(self, room_id: RoomId, seq: int) -> None:
        feed = self._open.get(room_id)
        if feed is not None and room_id not in self._opening:
            feed.expect(seq)

    def enter(self, room_id: RoomId, receiver: Receiver) -> RoomFeed:
        """The feed of a room, with ``receiver`` about to join; blocks; raises ``NotFound``."""
        feed = self._open.get(room_id)
        is_first = feed is None
        if feed is None:
            feed = self._open[room_id] = self._new(room_id)
            self._opening[room_id] = AsyncResult()
        feed.joining.add(receiver)
        try:
            if is_first:
                self._begin(feed)
            elif opening := self._opening.get(room_id):
                opening.get()
        except BaseException:
            self.leave(feed, receiver)
            raise
        return feed

    def leave(self, feed: RoomFeed, receiver: Receiver) -> None:
        feed.leave(receiver)
        if feed.is_empty:
            self._later(LINGERS, lambda: self._close_if_empty(feed))

    def _new(self, room_id: RoomId) -> RoomFeed:
        return RoomFeed(room_id, self._reads.after, self._on_controls, self._run, self._later)

    def _begin(self, feed: RoomFeed) -> None:
        """Hear the room first and ask where it is then, so that nothing falls in between."""
        opening = self._opening[feed.room_id]
        try:
            self._bus.subscribe(feed.room_id)
            positions = self._reads.positions([feed.room_id])
            if feed.room_id not in positions:
                raise NotFound("unknown_room", "there is no such room")
            feed.begin(positions[feed.room_id])
            opening.set(None)
        except BaseException as error:
            opening.set_exception(error)
            self._close(feed)
            raise
        finally:
            del self._opening[feed.room_id]

    def _close_if_empty(self, feed: RoomFeed) -> None:
        if feed.is_empty:
            self._run(lambda: self._close(feed) if feed.is_empty else None)

    def _close(self, feed: RoomFeed) -> None:
        if self._open.get(feed.room_id) is feed:
            del self._open[feed.room_id]
            self._bus.unsubscribe(feed.room_id)
