"""Notices, and who has them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, Select, exists, select, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.notifications import notices, notifications
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class PostgresNotices:
    """``NoticeRepository`` on the table ``notices``."""

    connection: Connection

    def add(self, notice: Notice) -> bool:
        row = {
            "id": notice.id,
            "kind": notice.kind.value,
            "subject": notice.subject,
            "at": notice.at,
            "audience": notice.audience,
            "data": dict(notice.data),
            "over_at": notice.over_at,
        }
        new = insert(notices).values(row).on_conflict_do_nothing()
        return self.connection.execute(new).rowcount == 1

    def get(self, notice_id: NoticeId) -> Notice | None:
        return self._found(select(notices).where(notices.c.id == notice_id))

    def about(self, kind: NoticeKind, subject: UUID) -> Notice | None:
        this = notices.c.kind == kind.value, notices.c.subject == subject
        return self._found(select(notices).where(*this).with_for_update())

    def hold(self, notice_id: NoticeId) -> Notice | None:
        this = select(notices).where(notices.c.id == notice_id)
        return self._found(this.with_for_update(read=True))

    def save(self, notice: Notice) -> None:
        kept = {"at": notice.at, "data": dict(notice.data), "over_at": notice.over_at}
        self.connection.execute(update(notices).where(notices.c.id == notice.id).values(kept))

    def _found(self, wanted: Select[Any]) -> Notice | None:
        row = self.connection.execute(wanted).one_or_none()
        return _notice(row) if row else None


def _notice(row: Row[Any]) -> Notice:
    values = dict(row._mapping)
    values["kind"] = NoticeKind(values["kind"])
    return Notice(**values)


@dataclass(frozen=True, slots=True)
class PostgresInboxes:
    """``Inboxes`` on the table ``notifications``."""

    connection: Connection

    def add(self, notice_id: NoticeId, profile_id: ProfileId) -> None:
        row = {"profile_id": profile_id, "notice_id": notice_id}
        self.connection.execute(insert(notifications).values(row).on_conflict_do_nothing())

    def has_read(self, notice_id: NoticeId, profile_id: ProfileId) -> bool:
        row = notifications.c
        wanted = exists().where(
            row.profile_id == profile_id, row.notice_id == notice_id, row.read_at.is_not(None)
        )
        return bool(self.connection.scalar(select(wanted)))

    def read(self, profile_id: ProfileId, ids: Collection[NoticeId] | None, at: datetime) -> int:
        row = notifications.c
        change = update(notifications).where(row.profile_id == profile_id, row.read_at.is_(None))
        if ids is not None:
            change = change.where(row.notice_id.in_(list(ids)))
        return self.connection.execute(change.values(read_at=at)).rowcount
