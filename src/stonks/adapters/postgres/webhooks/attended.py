"""Rooms in which somebody wants to know who comes and goes."""

from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.domain.ids import RoomId
from stonks.domain.webhooks.event_type import ATTENDANCE

# What is there already is left alone, and so waited for by nobody.
_SETTLE = """
WITH wanted AS MATERIALIZED (
  SELECT id FROM rooms r WHERE id = %(room)s::uuid AND EXISTS (
    SELECT FROM webhook_endpoints e
     WHERE e.room_id = r.id AND e.status = 'active'
       AND (e.event_types = '{}' OR e.event_types && %(types)s::text[]))),
no_more AS (
  DELETE FROM attended_rooms WHERE room_id = %(room)s::uuid AND NOT EXISTS (SELECT FROM wanted))
INSERT INTO attended_rooms (room_id, due_at)
SELECT id, now() FROM wanted WHERE NOT EXISTS (
  SELECT FROM attended_rooms a WHERE a.room_id = wanted.id)
ON CONFLICT DO NOTHING
"""
_TYPES = sorted(type_.value for type_ in ATTENDANCE)


def settle_attendance(connection: Connection, room_id: RoomId) -> None:
    """Who comes and goes in a room is looked at if, and only if, an active endpoint wants it.

    Whoever changes what endpoints want has the lock of their channel, or one could be deciding
    that nobody does while another begins to.
    """
    rows(connection, _SETTLE, {"room": str(room_id), "types": _TYPES})
