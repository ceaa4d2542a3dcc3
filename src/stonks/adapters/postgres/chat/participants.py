"""People as rooms see them, read from identity's and channels' tables."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection

from stonks.adapters.postgres.bare import rows
from stonks.application.chat.ports import Writer
from stonks.domain.chat.participant import Participant
from stonks.domain.chat.role import Role
from stonks.domain.chat.sanction import Sanction, SanctionKind
from stonks.domain.errors import NotFound
from stonks.domain.ids import RoomId

_SEE = """
SELECT r.id, p.id, p.username,
       c.host_id = p.id, a.profile_id IS NOT NULL, s.profile_id IS NOT NULL, last.at,
       m.by, m.at, m.until, m.reason,
       b.by, b.at, b.until, b.reason
  FROM {wanted}
  JOIN channels c ON c.id = r.channel_id
  LEFT JOIN account_type_grants s ON s.profile_id = p.id AND s.name = 'staff'
  LEFT JOIN channel_admins a ON a.channel_id = c.id AND a.profile_id = p.id
  LEFT JOIN sanctions m ON m.room_id = r.id AND m.profile_id = p.id AND m.kind = 'mute'
  LEFT JOIN sanctions b ON b.room_id = r.id AND b.profile_id = p.id AND b.kind = 'ban'
  LEFT JOIN LATERAL (
    SELECT e.at FROM entries e
     WHERE r.slow_seconds IS NOT NULL
       AND e.room_id = r.id AND e.actor_id = p.id AND e.kind = 'message'
     ORDER BY e.seq DESC LIMIT 1) last ON true
"""
_OF = _SEE.format(
    wanted="""json_to_recordset(%(writers)s) AS wanted (room_id uuid, profile_id uuid)
  JOIN rooms r ON r.id = wanted.room_id
  JOIN "Profile" p ON p.id = wanted.profile_id AND p.active"""
)
_NAMED = _SEE.format(
    wanted="""rooms r
  JOIN "Profile" p
    ON r.id = %(room)s::uuid AND lower(p.username) = lower(%(username)s) AND p.active"""
)


@dataclass(frozen=True, slots=True)
class PostgresParticipants:
    """``Participants``; the time of the last message is read where slow mode asks for it."""

    connection: Connection

    def of(self, writers: Collection[Writer]) -> Mapping[Writer, Participant]:
        wanted = [{"room_id": room, "profile_id": person} for room, person in writers]
        values = {"writers": msgspec.json.encode(wanted).decode()}
        return {row[:2]: _participant(row) for row in rows(self.connection, _OF, values)}

    def named(self, room_id: RoomId, username: str) -> Participant:
        values = {"room": str(room_id), "username": username}
        found = rows(self.connection, _NAMED, values)
        if not found:
            raise NotFound("unknown_profile", f"there is nobody called {username}")
        return _participant(found[0])


def _participant(row: tuple[Any, ...]) -> Participant:
    room_id, profile_id, username, is_host, is_admin, is_staff, wrote_at = row[:7]
    who = (room_id, profile_id)
    return Participant(
        profile_id=profile_id,
        username=username,
        channel_role=Role.HOST if is_host else Role.ADMIN if is_admin else Role.MEMBER,
        is_staff=is_staff,
        mute=_sanction(who, SanctionKind.MUTE, row[7:11]),
        ban=_sanction(who, SanctionKind.BAN, row[11:15]),
        wrote_at=wrote_at,
    )


def _sanction(who: Writer, kind: SanctionKind, row: tuple[Any, ...]) -> Sanction | None:
    by, at, until, reason = row
    return None if by is None else Sanction(*who, kind, by, at, until, reason)
