"""Reads of the chat on PostgreSQL: one round trip each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.chat.participants import PostgresParticipants
from stonks.adapters.postgres.chat.rooms import PostgresRooms
from stonks.adapters.postgres.chat.rows import ENTRY, view_of
from stonks.adapters.postgres.work import Reads
from stonks.application.chat.ports import EntryView, RoomView, SanctionView
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.ids import ProfileId, RoomId

_LOG = f"""
SELECT {ENTRY} FROM entries e
  LEFT JOIN "Profile" p ON p.id = e.actor_id AND p.active
 WHERE e.room_id = %(room)s::uuid
"""
_AFTER = _LOG + " AND e.seq > %(seq)s ORDER BY e.seq LIMIT %(limit)s"
_BEFORE = _LOG + " AND e.seq < %(seq)s ORDER BY e.seq DESC LIMIT %(limit)s"
_ONE = _LOG + " AND e.seq = %(seq)s"
_END = 2**63 - 1
_ROOM_OF = """
SELECT r.id FROM channels c
  JOIN rooms r ON r.channel_id = c.id
  JOIN "Profile" p ON p.id = c.host_id AND p.active
 WHERE c.slug = %(slug)s
"""
_POSITIONS = """
SELECT r.id, r.last_seq FROM rooms r
  JOIN channels c ON c.id = r.channel_id
  JOIN "Profile" h ON h.id = c.host_id AND h.active
 WHERE r.id = ANY(%(ids)s::uuid[])
"""
_SANCTIONS = """
SELECT s.room_id, s.profile_id, s.kind, s.by, s.at, s.until, s.reason,
       coalesce(p.username, '') AS username, coalesce(q.username, '') AS by_username
  FROM sanctions s
  LEFT JOIN "Profile" p ON p.id = s.profile_id AND p.active
  LEFT JOIN "Profile" q ON q.id = s.by AND q.active
 WHERE s.room_id = %(room)s::uuid AND (s.until IS NULL OR s.until > %(at)s)
   AND (%(person)s::uuid IS NULL OR (s.profile_id, s.kind) > (%(person)s::uuid, %(kind)s))
 ORDER BY s.profile_id, s.kind LIMIT %(limit)s
"""


@dataclass(frozen=True, slots=True)
class PostgresChatReads:
    """``ChatReads``."""

    reads: Reads

    def room(self, room_id: RoomId) -> RoomView | None:
        with self.reads.connect() as connection:
            room = PostgresRooms(connection).peek([room_id]).get(room_id)
        if room is None:
            return None
        pinned = () if room.pinned is None else self._entries(_ONE, room_id, room.pinned, 1)
        return RoomView(room, pinned[0] if pinned else None)

    def room_of(self, slug: str) -> RoomId | None:
        found = self._all(_ROOM_OF, slug=slug.lower())
        return found[0][0] if found else None

    def participant(self, room_id: RoomId, profile_id: ProfileId) -> Participant | None:
        return self.participants([room_id], profile_id).get(room_id)

    def participants(
        self, rooms: Collection[RoomId], profile_id: ProfileId
    ) -> Mapping[RoomId, Participant]:
        writers = [(room_id, profile_id) for room_id in rooms]
        with self.reads.connect() as connection:
            found = PostgresParticipants(connection).of(writers)
        return {room_id: person for (room_id, _), person in found.items()}

    def after(self, room_id: RoomId, seq: int, limit: int) -> Sequence[EntryView]:
        return self._entries(_AFTER, room_id, seq, limit)

    def before(self, room_id: RoomId, seq: int | None, limit: int) -> Sequence[EntryView]:
        return self._entries(_BEFORE, room_id, _END if seq is None else seq, limit)[::-1]

    def positions(self, rooms: Collection[RoomId]) -> Mapping[RoomId, int]:
        return dict(self._all(_POSITIONS, ids=[str(id_) for id_ in rooms]))

    def sanctions(
        self, room_id: RoomId, at: datetime, after: tuple[ProfileId, str] | None, limit: int
    ) -> Sequence[SanctionView]:
        person, kind = after or (None, None)
        wanted = {"person": person and str(person), "kind": kind, "limit": limit}
        return [_sanction(row) for row in self._all(_SANCTIONS, room=str(room_id), at=at, **wanted)]

    def _entries(self, sql: str, room_id: RoomId, seq: int, limit: int) -> Sequence[EntryView]:
        return [view_of(row) for row in self._all(sql, room=str(room_id), seq=seq, limit=limit)]

    def _all(self, sql: str, **values: object) -> Sequence[tuple[Any, ...]]:
        with self.reads.connect() as connection:
            return rows(connection, sql, values)


def _sanction(row: tuple[Any, ...]) -> SanctionView:
    room_id, profile_id, kind, by, at, until, reason, username, by_username = row
    sanction = Sanction(room_id, profile_id, SanctionKind(kind), by, at, until, reason)
    return SanctionView(sanction, username, by_username)
