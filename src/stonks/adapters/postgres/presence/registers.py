"""What is known of rooms in which somebody wants to know who comes and goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

import msgspec
from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.application.presence.ports import Turn
from stonks.domain.ids import ProfileId, RoomId
from stonks.domain.presence.attendance import Attendee, Register

_TAKE = """
WITH first AS (
  SELECT room_id FROM attended_rooms WHERE due_at <= now()
   ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED)
UPDATE attended_rooms a SET due_at = now() + %(again)s FROM first WHERE a.room_id = first.room_id
RETURNING a.room_id, a.due_at, a.counted, a.counted_at, EXISTS (
  SELECT FROM rooms r
    JOIN channels c ON c.id = r.channel_id
    JOIN "Profile" h ON h.id = c.host_id AND h.active
   WHERE r.id = a.room_id)
"""
_ATTENDEES = "SELECT profile_id, is_told, since FROM attendees WHERE room_id = %(room)s::uuid"
_KEEP = """
UPDATE attended_rooms SET counted = %(counted)s, counted_at = %(counted_at)s
 WHERE room_id = %(room)s::uuid AND due_at = %(due_at)s
RETURNING true
"""
_FORGET = """
DELETE FROM attendees WHERE room_id = %(room)s::uuid AND profile_id = ANY(%(people)s::uuid[])
"""
_KNOW = """
INSERT INTO attendees (room_id, profile_id, is_told, since)
SELECT %(room)s::uuid, new.id, new.is_told, new.since
  FROM json_to_recordset(%(people)s) AS new (id uuid, is_told boolean, since timestamptz)
  JOIN "Profile" p ON p.id = new.id
    ON CONFLICT (room_id, profile_id)
    DO UPDATE SET is_told = excluded.is_told, since = excluded.since
"""


@dataclass(frozen=True, slots=True)
class PostgresRegisters:
    """``Registers``; when a room is due again is what tells one turn from the next."""

    connection: Connection

    def take(self, again: timedelta) -> Turn | None:
        found = rows(self.connection, _TAKE, {"again": again})
        if not found:
            return None
        room_id, due_at, counted, counted_at, is_hosted = found[0]
        if not is_hosted:
            return Turn(room_id, due_at, None)
        return Turn(room_id, due_at, Register(self._attendees(room_id), counted, counted_at))

    def keep(self, turn: Turn, register: Register) -> bool:
        values = {
            "room": str(turn.room_id),
            "due_at": turn.due_at,
            "counted": register.counted,
            "counted_at": register.counted_at,
        }
        if not rows(self.connection, _KEEP, values):
            return False
        before = turn.register.attendees if turn.register is not None else {}
        self._forget(turn.room_id, before.keys() - register.attendees.keys())
        self._know(turn.room_id, dict(register.attendees.items() - before.items()))
        return True

    def _attendees(self, room_id: RoomId) -> Mapping[ProfileId, Attendee]:
        found = rows(self.connection, _ATTENDEES, {"room": str(room_id)})
        return {id_: Attendee(is_told, since) for id_, is_told, since in found}

    def _forget(self, room_id: RoomId, people: set[ProfileId]) -> None:
        if people:
            values = {"room": str(room_id), "people": [str(id_) for id_ in people]}
            rows(self.connection, _FORGET, values)

    def _know(self, room_id: RoomId, attendees: Mapping[ProfileId, Attendee]) -> None:
        new = [
            {"id": id_, "is_told": attendee.is_told, "since": attendee.since}
            for id_, attendee in attendees.items()
        ]
        if new:
            values = {"room": str(room_id), "people": msgspec.json.encode(new).decode()}
            rows(self.connection, _KNOW, values)
