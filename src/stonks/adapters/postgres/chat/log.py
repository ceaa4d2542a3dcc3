"""Rooms' logs on PostgreSQL."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec
from sqlalchemy import Connection, select, update

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.chat.rows import ENTRY, view_of
from stonks.adapters.postgres.tables import chat as t
from stonks.application.chat.ports import Announce, Hidden, NonceKey
from stonks.domain.chat.entry import Entry, EntryKind
from stonks.domain.ids import ProfileId, RoomId

_APPEND = """
WITH grown AS (
  UPDATE rooms SET last_seq = last_seq + new.count
    FROM json_to_recordset(%(rooms)s) AS new (id uuid, count bigint)
   WHERE rooms.id = new.id)
INSERT INTO entries (room_id, seq, at, kind, actor_id, actor_role, nonce, data)
SELECT * FROM json_to_recordset(%(entries)s) AS new (
  room_id uuid, seq bigint, at timestamptz, kind text, actor_id uuid, actor_role smallint,
  nonce text, data jsonb)
"""
_BY_NONCE = f"""
SELECT {ENTRY}
  FROM json_to_recordset(%(keys)s) AS wanted (room_id uuid, actor_id uuid, nonce text)
  JOIN entries e USING (room_id, actor_id, nonce)
  LEFT JOIN "Profile" p ON p.id = e.actor_id AND p.active
"""


@dataclass(slots=True)
class PostgresRoomLog:
    """``RoomLog``; what this unit of work added or closed is announced by ``announce_to``."""

    connection: Connection
    appended: list[Entry] = field(default_factory=list)
    closed: list[RoomId] = field(default_factory=list)

    def announce_to(self, announce: Announce) -> None:
        if self.appended:
            announce(self.appended)
        for room_id in self.closed:
            announce.closed(room_id)

    def append(self, entries: Sequence[Entry]) -> None:
        counts = Counter(entry.room_id for entry in entries)
        rooms = [{"id": id_, "count": count} for id_, count in counts.items()]
        new = [_row(entry) for entry in entries]
        rows(self.connection, _APPEND, {"rooms": _json(rooms), "entries": _json(new)})
        self.appended.extend(entries)

    def by_nonce(self, keys: Collection[NonceKey]) -> Mapping[NonceKey, Entry]:
        if not keys:
            return {}
        wanted = [
            {"room_id": room_id, "actor_id": actor_id, "nonce": nonce}
            for room_id, actor_id, nonce in keys
        ]
        found = rows(self.connection, _BY_NONCE, {"keys": _json(wanted)})
        entries = [view_of(row).entry for row in found]
        return {
            (entry.room_id, entry.actor.profile_id, entry.nonce or ""): entry for entry in entries
        }

    def author_of(self, room_id: RoomId, seq: int) -> ProfileId | None:
        found = select(t.entries.c.actor_id).where(
            t.entries.c.room_id == room_id,
            t.entries.c.seq == seq,
            t.entries.c.kind == EntryKind.MESSAGE,
            t.entries.c.hidden.is_(None),
        )
        author = self.connection.scalar(found)
        return None if author is None else ProfileId(author)

    def hide(self, room_id: RoomId, seq: int, why: Hidden) -> bool:
        change = update(t.entries).where(
            t.entries.c.room_id == room_id,
            t.entries.c.seq == seq,
            t.entries.c.kind == EntryKind.MESSAGE,
            t.entries.c.hidden.is_(None),
        )
        return self.connection.execute(change.values(hidden=why)).rowcount == 1

    def hide_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        return self._mark(room_id, author, None, why)

    def show_of(self, room_id: RoomId, author: ProfileId, why: Hidden) -> int:
        return self._mark(room_id, author, why, None)

    def _mark(
        self, room_id: RoomId, author: ProfileId, before: Hidden | None, after: Hidden | None
    ) -> int:
        change = update(t.entries).where(
            t.entries.c.room_id == room_id,
            t.entries.c.actor_id == author,
            t.entries.c.kind == EntryKind.MESSAGE,
            t.entries.c.hidden.is_not_distinct_from(before),
        )
        return self.connection.execute(change.values(hidden=after)).rowcount


def _row(entry: Entry) -> dict[str, object]:
    return {
        "room_id": entry.room_id,
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "actor_id": entry.actor.profile_id,
        "actor_role": entry.actor.role,
        "nonce": entry.nonce,
        "data": entry.data,
    }


def _json(items: Sequence[object]) -> str:
    return msgspec.json.encode(items).decode()
