"""Announcing what was stored: at once to this process, in one blob a room to the others."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter

import structlog

from stonks.adapters.wire.batches import Batch, batch_of, encode_batch
from stonks.adapters.wire.bus import Bus, Notice, encode_notice
from stonks.domain.chat.entry import Entry
from stonks.domain.ids import RoomId

_log = structlog.get_logger(__name__)


@dataclass(slots=True)
class BusAnnouncer:
    """``Announce`` on a bus; a process that serves sockets sets what is done here at once."""

    bus: Bus
    deliver_here: Callable[[Batch], None] | None = None
    heed_here: Callable[[Notice], None] | None = None

    def __call__(self, entries: Sequence[Entry]) -> None:
        try:
            self._tell([batch_of(run) for run in _runs(entries)])
        except Exception:  # noqa: BLE001 - what is committed is answered, told or not
            _log.exception("not_announced")

    def _tell(self, batches: Sequence[Batch]) -> None:
        if self.deliver_here is not None:
            for batch in batches:
                self.deliver_here(batch)
        self.bus.publish([(batch.room_id, encode_batch(batch)) for batch in batches])

    def closed(self, room_id: RoomId) -> None:
        notice = Notice(rooms_closed=(room_id,))
        if self.heed_here is not None:
            self.heed_here(notice)
        self.bus.publish_control(encode_notice(notice))


def _runs(entries: Sequence[Entry]) -> Iterator[list[Entry]]:
    ordered = sorted(entries, key=attrgetter("room_id", "seq"))
    numbered = enumerate(ordered)
    for _, run in groupby(numbered, key=lambda pair: (pair[1].room_id, pair[1].seq - pair[0])):
        yield [entry for _, entry in run]
