"""Reads of notifications."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, func, select

from stonks.adapters.postgres.tables.notifications import (
    deliveries,
    devices,
    notices,
    notifications,
)
from stonks.adapters.postgres.work import Reads
from stonks.application.notifications.ports import NotificationView, TraceView
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind
from stonks.domain.notifications.way import IN_APP

_VIEW = select(
    notices.c.id, notices.c.kind, notices.c.at, notices.c.data, notifications.c.read_at
).join(notifications, notifications.c.notice_id == notices.c.id)


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
        return [_view(found) for found in self._rows(wanted.limit(limit))]

    def unread(self, profile_id: ProfileId) -> int:
        row = notifications.c
        unread = row.profile_id == profile_id, row.read_at.is_(None)
        return int(self._rows(select(func.count()).where(*unread))[0][0])

    def _rows(self, wanted: Select[Any]) -> Sequence[Row[Any]]:
        with self.reads.connect() as connection:
            return connection.execute(wanted).all()


@dataclass(frozen=True, slots=True)
class PostgresMissed:
    """``Missed``: what was decided to be shown, whether or not anybody heard of it."""

    reads: Reads

    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        wanted = (
            _VIEW.add_columns(deliveries.c.profile_id)
            .join(
                deliveries,
                (deliveries.c.profile_id == notifications.c.profile_id)
                & (deliveries.c.notice_id == notifications.c.notice_id),
            )
            .where(
                deliveries.c.profile_id.in_(list(people)),
                deliveries.c.way == IN_APP,
                deliveries.c.reason.in_(("online", "offline")),
                notices.c.at >= since,
            )
            .order_by(notices.c.id)
        )
        found: dict[ProfileId, list[NotificationView]] = {}
        with self.reads.connect() as connection:
            for row in connection.execute(wanted):
                found.setdefault(ProfileId(row.profile_id), []).append(_view(row))
        return found


@dataclass(frozen=True, slots=True)
class PostgresTraces:
    """``TraceReads`` on the table ``deliveries``."""

    reads: Reads

    def of(self, profile_id: ProfileId, notice_id: NoticeId) -> Sequence[TraceView] | None:
        has = select(notifications.c.notice_id).where(
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
            .outerjoin(devices, devices.c.id == row.target)
            .where(row.profile_id == profile_id, row.notice_id == notice_id)
            .order_by(row.way, row.target)
        )
        with self.reads.connect() as connection:
            if connection.scalar(has) is None:
                return None
            return [TraceView(*found) for found in connection.execute(wanted)]


def _view(row: Row[Any]) -> NotificationView:
    kind = NoticeKind(row.kind)
    return NotificationView(row.id, kind, row.at, row.data, row.read_at)
