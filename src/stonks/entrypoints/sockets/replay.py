"""Catching up: what somebody missed, from the log, until they follow what happens."""

from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from stonks.adapters.wire.entries import entry_frame
from stonks.application.chat.ports import EntryView
from stonks.entrypoints.sockets.feed import PAGE, ReadAfter, RoomFeed, Run

PIECE = 64 * 1024


class SlowReceiver(Protocol):
    """What a replay asks of a connection."""

    @property
    def is_drained(self) -> bool: ...
    def send(self, frames: bytes) -> None: ...
    def when_drained(self, then: Callable[[], None]) -> None: ...


@dataclass(slots=True)
class Replay:
    """Pages the log to one connection, no faster than it reads; then attaches it to the feed.

    While the connection is slow nothing waits for it: no worker, and at most one page of memory.
    """

    connection: SlowReceiver
    feed: RoomFeed
    seq: int
    read_after: ReadAfter
    run: Run
    is_wanted: Callable[[], bool]
    on_end: Callable[[Exception | None], None]
    _pieces: deque[bytes] = field(default_factory=deque)

    def step(self) -> None:
        """Go on, at a desk; ``on_end`` is called once, with what went wrong if anything did."""
        try:
            is_over = self._go_on()
        except Exception as error:  # noqa: BLE001 - whoever asked hears of it
            self.on_end(error)
        else:
            if is_over:
                self.on_end(None)

    def _go_on(self) -> bool:
        while self.is_wanted():
            if not self.connection.is_drained:
                self.connection.when_drained(lambda: self.run(self.step))
                return False
            if self._pieces:
                self.connection.send(self._pieces.popleft())
            elif self.feed.attach(self.connection, self.seq) or not self._turn_page():
                return True
        return True

    def _turn_page(self) -> bool:
        """False at the end. The log may be ahead of the feed: from there on the feed tells."""
        page = self.read_after(self.feed.room_id, self.seq, PAGE)
        views = [view for view in page if view.entry.seq <= self.feed.position]
        if views:
            self._pieces.extend(_pieces(views))
            self.seq = views[-1].entry.seq
        return bool(views)


def _pieces(views: Sequence[EntryView]) -> list[bytes]:
    """The frames of a page, joined up to what one write should carry."""
    pieces: list[bytearray] = [bytearray()]
    for view in views:
        if len(pieces[-1]) >= PIECE:
            pieces.append(bytearray())
        pieces[-1] += entry_frame(view)
    return [bytes(piece) for piece in pieces]
