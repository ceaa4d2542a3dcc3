"""What people do with their own inbox."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from stonks.application.notifications.ports import (
    InboxReads,
    NotificationView,
    TraceReads,
    TraceView,
)
from stonks.application.notifications.work import NotificationsWork
from stonks.application.ports import Begin, Clock
from stonks.domain.errors import NotFound
from stonks.domain.ids import NoticeId, ProfileId


@dataclass(frozen=True, slots=True)
class ListNotifications:
    """One's inbox, the newest first."""

    reads: InboxReads

    def __call__(
        self, *, actor: ProfileId, before: NoticeId | None = None, limit: int
    ) -> Sequence[NotificationView]:
        return self.reads.page(actor, before=before, limit=limit)


@dataclass(frozen=True, slots=True)
class CountUnread:
    """How many notifications somebody has not read."""

    reads: InboxReads

    def __call__(self, *, actor: ProfileId) -> int:
        return self.reads.unread(actor)


@dataclass(frozen=True, slots=True)
class ReadNotifications:
    """Mark notifications as read, or all with ``ids`` None; answers how many were unread."""

    begin: Begin[NotificationsWork]
    now: Clock

    def __call__(self, *, actor: ProfileId, ids: Collection[NoticeId] | None) -> int:
        with self.begin() as work:
            return work.inboxes.read(actor, ids, self.now())


@dataclass(frozen=True, slots=True)
class TraceNotification:
    """Why somebody was told, or not, by each way; for its owner, and for who watches over all."""

    reads: TraceReads

    def __call__(self, *, owner: ProfileId, notice_id: NoticeId) -> Sequence[TraceView]:
        """Raises ``NotFound`` (``unknown_notification``), also for another person's."""
        found = self.reads.of(owner, notice_id)
        if found is None:
            raise NotFound("unknown_notification", "there is no such notification")
        return found
