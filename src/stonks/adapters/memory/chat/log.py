"""Rooms' logs in memory."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from stonks.adapters.memory.chat.tables import ChatTables
from stonks.application.chat.ports import Announce, EntryView, Hidden, NonceKey
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.ids import ProfileId, RoomId


@dataclass(slots=True)
class MemoryRoomLog:
    """``RoomLog``; what this unit of work added or closed is announced by ``announce_to``."""

    tables: ChatTables
    appended: list[Entry] = field(default_factory=list)
    closed: list[RoomId] = field(default_factory=list)

    def announce_to(self, announce: Announce) -> None:
        if self.appended:
            announce(self.appended)
        for room_id in self.closed:
            announce.closed(room_id)

    def append(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            room = self.tables.rooms.get(entry.room_id)
            if room is None or entry.seq != room.last_seq + 1:
                raise AssertionError("entries follow on the last one of a locked room")
            room.last_seq = entry.seq
            self.tables.rooms.put(room.id, room)
            self.tables.entries.put((entry.room_id, entry.seq), EntryView(entry))
        self.appended.extend(entries)

    def by_nonce(self, keys: Collection[NonceKey]) -> Mapping[NonceKey, Entry]:
        return {
            key: view.entry
            for view in self.tables.entries.where(lambda view: _key(view) in keys)
            if (key := _key(view)) is not None
        }

    def author_of(self, room_id: RoomId, seq: int) -> ProfileId | None:
        view = self.tables.entries.get((room_id, seq))
        return view.entry.actor.profile_id if view and _is_shown(view) else None

    def hide(self, room_id: RoomId, seq: int, why: Hidden) -> bool:
        view = self.tables.entries.get((room_id, seq))
        return view is not None and self._mark([view] if _is_shown(view) else [], why) == 1

    def hide_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        return self._mark(self._of(room_id, author, None), why)

    def show_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        return self._mark(self._of(room_id, author, why), None)

    def _of(self, room_id: RoomId, author: ProfileId, hidden: Hidden | None) -> list[EntryView]:
        return self.tables.entries.where(
            lambda view: (
                view.entry.room_id == room_id
                and view.entry.kind is EntryKind.MESSAGE
                and view.entry.actor.profile_id == author
                and view.hidden is hidden
            )
        )

    def _mark(self, views: Sequence[EntryView], why: Hidden | None) -> int:
        for view in views:
            key = (view.entry.room_id, view.entry.seq)
            self.tables.entries.put(key, replace(view, hidden=why))
        return len(views)


def _key(view: EntryView) -> NonceKey | None:
    entry = view.entry
    if entry.nonce is None:
        return None
    return entry.room_id, entry.actor.profile_id, entry.nonce


def _is_shown(view: EntryView) -> bool:
    return view.entry.kind is EntryKind.MESSAGE and view.hidden is None
