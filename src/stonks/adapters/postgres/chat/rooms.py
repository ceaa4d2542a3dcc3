"""Rooms, and the lock under which their logs grow."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, update

from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.tables import chat as t
from stonks.domain.chat.room import Room, RoomKind, Stage
from stonks.domain.ids import RoomId

_SELECT = """
SELECT r.id, r.kind, r.last_seq, r.slow_seconds, r.followers_seconds, r.pinned,
       c.id, c.slug, c.host_id, c.suspended_at IS NOT NULL
  FROM rooms r
  JOIN channels c ON c.id = r.channel_id
  JOIN "Profile" h ON h.id = c.host_id AND h.active
 WHERE r.id = ANY(%(ids)s::uuid[])
"""
_LOCK = """
SELECT id, last_seq FROM rooms WHERE id = ANY(%(ids)s::uuid[]) ORDER BY id FOR NO KEY UPDATE
"""


@dataclass(frozen=True, slots=True)
class PostgresRooms:
    """``RoomRepository``."""

    connection: Connection

    def peek(self, ids: Collection[RoomId]) -> Mapping[RoomId, Room]:
        found = rows(self.connection, _SELECT, {"ids": [str(id_) for id_ in ids]})
        return {row[0]: room_of(row) for row in found}

    def lock(self, ids: Collection[RoomId]) -> Mapping[RoomId, int]:
        return dict(rows(self.connection, _LOCK, {"ids": [str(id_) for id_ in ids]}))

    def save(self, room: Room) -> None:
        self.connection.execute(
            update(t.rooms)
            .where(t.rooms.c.id == room.id)
            .values(
                slow_seconds=_seconds(room.slow),
                followers_seconds=_seconds(room.followers),
                pinned=room.pinned,
            )
        )


def room_of(row: tuple[Any, ...]) -> Room:
    id_, kind, last_seq, slow, followers, pinned, channel_id, slug, host_id, is_suspended = row
    return Room(
        id=id_,
        kind=RoomKind(kind),
        stage=Stage(channel_id, slug, host_id, is_suspended),
        last_seq=last_seq,
        slow=_length(slow),
        followers=_length(followers),
        pinned=pinned,
    )


def _seconds(length: timedelta | None) -> int | None:
    return None if length is None else int(length.total_seconds())


def _length(seconds: int | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)
