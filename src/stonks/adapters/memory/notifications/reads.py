"""Reads of notifications."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.notifications.tables import Kept, NotificationTables
from stonks.application.notifications.ports import NotificationView, TraceView
from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.way import IN_APP


@dataclass(frozen=True, slots=True)
class MemoryInboxReads:
    """``InboxReads``."""

    tables: NotificationTables

    def page(
        self, profile_id: ProfileId, *, before: NoticeId | None, limit: int
    ) -> Sequence[NotificationView]:
        ids = self.tables.notices_of(profile_id)
        wanted = [id_ for id_ in ids if before is None or id_ < before][:limit]
        return [view_of(self.tables, profile_id, id_) for id_ in wanted]

    def unread(self, profile_id: ProfileId) -> int:
        ids = self.tables.notices_of(profile_id)
        return sum(self.tables.inboxes.get((profile_id, id_)) is None for id_ in ids)


@dataclass(frozen=True, slots=True)
class MemoryMissed:
    """``Missed``."""

    tables: NotificationTables

    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        shown = self.tables.deliveries.where(
            lambda row: (
                row.key.way == IN_APP
                and row.key.profile_id in people
                and row.reason in ("online", "offline")
            )
        )
        found: dict[ProfileId, list[NotificationView]] = {}
        for row in sorted(shown, key=lambda row: row.key.notice_id):
            view = view_of(self.tables, row.key.profile_id, row.key.notice_id)
            if view.at >= since:
                found.setdefault(row.key.profile_id, []).append(view)
        return found


@dataclass(frozen=True, slots=True)
class MemoryTraces:
    """``TraceReads``."""

    tables: NotificationTables

    def of(self, profile_id: ProfileId, notice_id: NoticeId) -> Sequence[TraceView] | None:
        if notice_id not in self.tables.notices_of(profile_id):
            return None
        key = (profile_id, notice_id)
        rows = self.tables.deliveries.where(
            lambda row: (row.key.profile_id, row.key.notice_id) == key
        )
        return [self._trace(row) for row in sorted(rows, key=lambda row: _order(row))]

    def _trace(self, row: Kept) -> TraceView:
        device = self.tables.devices.get(DeviceId(row.key.target))
        return TraceView(
            way=row.key.way,
            target=device.device if device and device.profile_id == row.profile_id else "",
            state=row.state.value,
            reason=row.reason,
            attempts=row.attempts,
            decided_at=row.decided_at,
            changed_at=row.changed_at,
        )


def _order(row: Kept) -> tuple[str, str]:
    return row.key.way, str(row.key.target)


def view_of(
    tables: NotificationTables, profile_id: ProfileId, notice_id: NoticeId
) -> NotificationView:
    notice = tables.notices.get(notice_id)
    if notice is None:
        raise AssertionError("what is in an inbox is a notice")
    read_at = tables.inboxes.get((profile_id, notice_id))
    return NotificationView(notice.id, notice.kind, notice.at, notice.data, read_at)
