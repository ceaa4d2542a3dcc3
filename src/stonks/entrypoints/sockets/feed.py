"""One room in this process: its log, as it happens, to everybody who follows it here."""

from collections.abc import Callable, Sequence

import structlog
from gevent.lock import BoundedSemaphore

from stonks.adapters.wire.batches import Batch, Control, batch_of_views
from stonks.application.chat.ports import EntryView
from stonks.domain.errors import Refusal
from stonks.domain.ids import RoomId
from stonks.entrypoints.sockets import metrics
from stonks.entrypoints.sockets.audience import Audience, Receiver
from stonks.entrypoints.sockets.order import Order
from stonks.entrypoints.sockets.timing import Later

GAP = 0.1  # seconds that a missing batch may be on its way
PAGE = 500

ReadAfter = Callable[[RoomId, int, int], Sequence[EntryView]]
OnControls = Callable[[RoomId, Sequence[Control]], None]
Run = Callable[[Callable[[], None]], None]
log = structlog.get_logger(__name__)


class RoomFeed:
    """Delivers each entry once and in order; what does not come in time is read from the log.

    ``run`` runs what blocks, somewhere else. Those in ``joining`` hear nothing yet, but what
    bites on members of the room bites on them too.
    """

    __slots__ = (
        "_audience",
        "_filling",
        "_is_watching",
        "_later",
        "_on_controls",
        "_order",
        "_read_after",
        "_run",
        "joining",
        "room_id",
        "viewers",
    )

    def __init__(
        self,
        room_id: RoomId,
        read_after: ReadAfter,
        on_controls: OnControls,
        run: Run,
        later: Later,
    ) -> None:
        self.room_id = room_id
        self.joining: set[Receiver] = set()
        self.viewers: int | None = None
        self._audience = Audience(later)
        self._order = Order()
        self._filling = BoundedSemaphore()
        self._is_watching = False
        self._read_after = read_after
        self._on_controls = on_controls
        self._run = run
        self._later = later

    @property
    def position(self) -> int:
        """The last ``seq`` that everybody attached has been sent, or will be at the next flush."""
        return self._order.position or 0

    @property
    def is_empty(self) -> bool:
        return not self._audience.receivers and not self.joining

    @property
    def size(self) -> int:
        return len(self._audience.receivers)

    def begin(self, position: int) -> None:
        """Follow the log from here."""
        self._order.begin(position)
        self._watch()

    # Who follows

    def attach(self, receiver: Receiver, seq: int) -> bool:
        """Let somebody who has seen all up to ``seq``, and no more, follow what comes now.

        False where more has happened. ``seq`` is never beyond ``position``.
        """
        if seq < self.position:
            return False
        self._audience.flush()
        self.joining.discard(receiver)
        self._audience.receivers.add(receiver)
        return True

    def leave(self, receiver: Receiver) -> None:
        self.joining.discard(receiver)
        self._audience.receivers.discard(receiver)

    # What happens

    def hear(self, batch: Batch) -> None:
        """A batch, from this process or another; never blocks."""
        if batch.last == 0:
            self._audience.deliver(batch.frames)
            return
        for ready in self._order.take(batch):
            self._deliver(ready)
        self._watch()

    def say(self, frames: bytes) -> None:
        """Something that is not in the log."""
        self._audience.deliver(frames)

    def expect(self, seq: int) -> None:
        """The store says that the log has come to ``seq``."""
        self._order.expect(seq)
        self._watch()

    def reach(self, seq: int) -> None:
        """Read the log until ``seq``, or its end; blocks, and raises what reading raises."""
        self._order.expect(seq)
        self._fill()

    def _deliver(self, batch: Batch) -> None:
        self._audience.deliver(batch.frames)
        metrics.DELIVERIES.inc((batch.last - batch.first + 1) * self.size)
        if batch.controls:
            self._audience.flush()  # the last thing that a banned person sees is the ban
            self._on_controls(self.room_id, batch.controls)

    # What does not come

    def _watch(self) -> None:
        if self._order.is_behind and not self._is_watching:
            self._is_watching = True
            before = self.position
            self._later(GAP, lambda: self._look_again(before))

    def _look_again(self, before: int) -> None:
        self._is_watching = False
        if self._order.is_behind and self.position == before:
            self._run(self._try_to_fill)
        else:
            self._watch()

    def _try_to_fill(self) -> None:
        try:
            self._fill()
        except Refusal as refusal:
            log.warning("gap_not_filled", room=str(self.room_id), code=refusal.code)
        except Exception:
            log.exception("gap_not_filled", room=str(self.room_id))

    def _fill(self) -> None:
        with self._filling:
            while self._order.is_behind:
                self._fill_page()

    def _fill_page(self) -> None:
        views = self._read_after(self.room_id, self.position, PAGE)
        fresh = [view for view in views if view.entry.seq > self.position]
        if fresh:
            metrics.GAPS_FILLED.inc()
            self.hear(batch_of_views(fresh))
        elif not views:
            self._order.give_up()
