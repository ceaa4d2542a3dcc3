"""Notices that take more of the same."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class MemoryGroups:
    """``Groups``; the whole store is locked, so every group is."""

    tables: NotificationTables

    def lock(self, profile_id: ProfileId, kind: NoticeKind) -> NoticeId | None:
        return self.tables.groups.get((profile_id, kind))

    def set(self, profile_id: ProfileId, kind: NoticeKind, notice_id: NoticeId) -> None:
        self.tables.groups.put((profile_id, kind), notice_id)

    def counted_at(
        self, profile_id: ProfileId, kind: NoticeKind, actor: ProfileId
    ) -> datetime | None:
        return self.tables.actors.get((profile_id, kind, actor))

    def count(
        self,
        profile_id: ProfileId,
        kind: NoticeKind,
        actor: ProfileId,
        notice_id: NoticeId,
        at: datetime,
    ) -> None:
        self.tables.actors.put((profile_id, kind, actor), at)
