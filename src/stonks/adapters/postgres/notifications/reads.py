"""Reads of notifications."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select

from stonks.adapters.clock import first_id
from stonks.adapters.postgres.bare import rows
from stonks.adapters.postgres.tables.notifications import (
    deliveries,
    devices,
    notices,
    notifications,
)
from stonks.adapters.postgres.work import Reads
from stonks.application.notifications.ports import NotificationView, TraceView
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.grouping import OPEN_FOR
from stonks.domain.notifications.notice import NoticeKind

_VIEW = select(
    notices.c.id, notices.c.kind, notices.c.at, notices.c.data, notifications.c.read_at
).join(notifications, notifications.c.notice_id == notices.c.id)
# Person by person, by their key: whatever else was told to however many.
_MISSED = """
SELECT wanted.id, x.id, x.kind, x.at, x.data, n.read_at
  FROM unnest(%(people)s::uuid[]) AS wanted (id),
       LATERAL (SELECT notice_id, read_at FROM notifications
                 WHERE profile_id = wanted.id AND notice_id >= %(first)s::uuid OFFSET 0) n,
       LATERAL (SELECT id, kind, at, data FROM notices
                 WHERE id = n.notice_id AND at >= %(since)s OFFSET 0) x,
       LATERAL (SELECT FROM deliveries
                 WHERE profile_id = wanted.id AND notice_id = n.notice_id
                   AND way = 'inApp' AND reason IN ('online', 'offline') OFFSET 0) d
 ORDER BY x.id
"""


@dataclass(frozen=True, slots=True)
class PostgresInboxReads:
    """``InboxReads``: by the key alone, since a person has hundreds of these and not millions."""

    reads: Reads

    def page(
        self, profile_id: ProfileId, *, before: NoticeId | None, limit: int
    ) -> Sequence[NotificationView]:
        row = notifications.c
        wanted = _VIEW.where(row.profile_id == profile_id).order_by(row.notice_id.desc())
        if before is not None:
            wanted = wanted.where(row.notice_id < before)
        return [_view(id_, *told) for id_, *told in self._rows(wanted.limit(limit))]

    def unread(self, profile_id: ProfileId) -> int:
        row = notifications.c
        unread = row.profile_id == profile_id, row.read_at.is_(None)
        counted = select(func.count()).join(notices, notices.c.id == row.notice_id)
        return int(self._rows(counted.where(*unread))[0][0])

    def _rows(self, wanted: Select[Any]) -> Sequence[Any]:
        with self.reads.connect() as connection:
            return connection.execute(wanted).all()


@dataclass(frozen=True, slots=True)
class PostgresMissed:
    """``Missed``: what was decided to be shown, whether or not anybody heard of it."""

    reads: Reads

    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        first = first_id(since - OPEN_FOR)  # a group that grew is as old as its first
        values = {"people": [str(one) for one in people], "since": since, "first": str(first)}
        found: dict[ProfileId, list[NotificationView]] = {}
        with self.reads.connect() as connection:
            for person, *view in rows(connection, _MISSED, values):
                found.setdefault(ProfileId(person), []).append(_view(*view))
        return found


@dataclass(frozen=True, slots=True)
class PostgresTraces:
    """``TraceReads`` on the table ``deliveries``."""

    reads: Reads

    def of(self, profile_id: ProfileId, notice_id: NoticeId) -> Sequence[TraceView] | None:
        has = _VIEW.where(
            notifications.c.profile_id == profile_id, notifications.c.notice_id == notice_id
        )
        row = deliveries.c
        wanted = (
            select(
                row.way,
                func.coalesce(devices.c.device, ""),
                row.state,
                row.reason,
                row.attempts,
                row.decided_at,
                row.changed_at,
            )
            .outerjoin(
                devices,
                (devices.c.id == row.target) & (devices.c.profile_id == row.profile_id),
            )
            .where(row.profile_id == profile_id, row.notice_id == notice_id)
            .order_by(row.way, row.target)
        )
        with self.reads.connect() as connection:
            if connection.scalar(has) is None:
                return None
            return [TraceView(*found) for found in connection.execute(wanted)]


def _view(
    id_: NoticeId, kind: str, at: datetime, data: Mapping[str, object], read_at: datetime | None
) -> NotificationView:
    return NotificationView(id_, NoticeKind(kind), at, data, read_at)
