"""Notices, and who has them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import Notice, NoticeKind


@dataclass(frozen=True, slots=True)
class MemoryNotices:
    """``NoticeRepository``."""

    tables: NotificationTables

    def add(self, notice: Notice) -> bool:
        if self.about(notice.kind, notice.subject) is not None:
            return False
        self.tables.notices.put(notice.id, notice)
        return True

    def get(self, notice_id: NoticeId) -> Notice | None:
        return self.tables.notices.get(notice_id)

    def about(self, kind: NoticeKind, subject: UUID) -> Notice | None:
        return self.tables.notices.first(lambda row: (row.kind, row.subject) == (kind, subject))

    def hold(self, notice_id: NoticeId) -> Notice | None:
        return self.get(notice_id)

    def save(self, notice: Notice) -> None:
        self.tables.notices.put(notice.id, notice)


@dataclass(frozen=True, slots=True)
class MemoryInboxes:
    """``Inboxes``."""

    tables: NotificationTables

    def add(self, notice_id: NoticeId, profile_id: ProfileId) -> None:
        if not self.has(notice_id, profile_id):
            self.tables.inboxes.put((profile_id, notice_id), None)

    def has(self, notice_id: NoticeId, profile_id: ProfileId) -> bool:
        return bool(self.tables.inboxes.keys(lambda key: key == (profile_id, notice_id)))

    def has_read(self, notice_id: NoticeId, profile_id: ProfileId) -> bool:
        return self.tables.inboxes.get((profile_id, notice_id)) is not None

    def read(self, profile_id: ProfileId, ids: Collection[NoticeId] | None, at: datetime) -> int:
        count = 0
        for notice_id in self.tables.notices_of(profile_id):
            is_meant = ids is None or notice_id in ids
            if is_meant and not self.has_read(notice_id, profile_id):
                self.tables.inboxes.put((profile_id, notice_id), at)
                count += 1
        return count
