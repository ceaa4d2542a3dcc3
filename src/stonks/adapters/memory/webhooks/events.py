"""A room's log as receivers are told of it, in memory."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.adapters.memory.chat.reads import MemoryChatReads
from stonks.adapters.webhooks.events import KINDS, event_of
from stonks.application.webhooks.ports import Run
from stonks.domain.ids import RoomId

WINDOW = 2000


@dataclass(frozen=True, slots=True)
class MemoryEvents:
    """``Events``."""

    chat: MemoryChatReads

    def after(self, room_id: RoomId, seq: int, types: Sequence[str], most: int) -> Run:
        with self.chat.tables.database.lock:
            room = self.chat.tables.rooms.get(room_id)
            if room is None:
                return Run((), seq)
            looked_at = self.chat.after(room_id, seq, WINDOW)
        kinds = {KINDS[type_] for type_ in types or KINDS if type_ in KINDS}
        wanted = [view for view in looked_at if view.entry.kind in kinds][:most]
        events = [event_of(view, room.stage.slug) for view in wanted]
        if len(events) == most:
            return Run(events, events[-1].seq or seq)
        return Run(events, max(seq, min(room.last_seq, seq + WINDOW)))
