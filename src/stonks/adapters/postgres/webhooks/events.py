"""A room's log as receivers are told of it, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import Prepared
from stonks.adapters.postgres.chat.rows import ENTRY, view_of
from stonks.adapters.webhooks.events import KINDS, event_of
from stonks.application.webhooks.ports import Run
from stonks.domain.ids import RoomId

WINDOW = 2000
"""Entries that are looked at by one statement, however few of them are wanted."""
# One statement sees one state: whatever it sees of last_seq, it sees the entries up to there.
_AFTER = Prepared(
    "webhook_events",
    ("uuid", "bigint", "text[]", "bigint"),
    f"""
SELECT r.last_seq, c.slug, found.*
  FROM rooms r
  JOIN channels c ON c.id = r.channel_id
  LEFT JOIN LATERAL (
    SELECT {ENTRY} FROM entries e
      LEFT JOIN "Profile" p ON p.id = e.actor_id AND p.active
     WHERE e.room_id = r.id AND e.seq > $2 AND e.seq <= $2 + {WINDOW}
       AND ($3 IS NULL OR e.kind = ANY($3))
     ORDER BY e.seq LIMIT $4) found ON true
 WHERE r.id = $1
 ORDER BY found.seq
""",
)


@dataclass(frozen=True, slots=True)
class PostgresEvents:
    """``Events``."""

    connection: Connection

    def after(self, room_id: RoomId, seq: int, types: Sequence[str], most: int) -> Run:
        kinds = [KINDS[type_] for type_ in types if type_ in KINDS] if types else None
        found = _AFTER.rows(self.connection, (str(room_id), seq, kinds, most))
        if not found:
            return Run((), seq)
        last_seq, slug = found[0][:2]
        events = [event_of(view_of(row[2:]), slug) for row in found if row[2] is not None]
        if len(events) == most:
            return Run(events, events[-1].seq or seq)
        return Run(events, max(seq, min(last_seq, seq + WINDOW)))
