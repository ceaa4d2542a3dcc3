"""Notices, the inboxes that they are in, and the groups that they form."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import Notice, NoticeKind


class NoticeRepository(Protocol):
    def add(self, notice: Notice) -> bool:
        """False where there is one of this kind about this subject already."""

    def get(self, notice_id: NoticeId) -> Notice | None:
        """None where whom it was about left Stonks."""

    def about(self, kind: NoticeKind, subject: UUID) -> Notice | None:
        """Held until the unit of work ends: whoever asks for it meanwhile waits."""

    def hold(self, notice_id: NoticeId) -> Notice | None:
        """As ``get``; it stays like this until the unit of work ends, and others may hold it."""

    def save(self, notice: Notice) -> None:
        """Keep ``at``, ``data`` and ``over_at``."""


class Inboxes(Protocol):
    def add(self, notice_id: NoticeId, profile_id: ProfileId) -> None:
        """Put it in; again does nothing."""

    def has_read(self, notice_id: NoticeId, profile_id: ProfileId) -> bool: ...

    def read(self, profile_id: ProfileId, ids: Collection[NoticeId] | None, at: datetime) -> int:
        """Mark these, or all, as read; how many were not. Unknown ids do nothing."""


class Groups(Protocol):
    """The notice that a person's next one of a kind may join."""

    def lock(self, profile_id: ProfileId, kind: NoticeKind) -> NoticeId | None:
        """Hold the group's place until the unit of work ends."""

    def set(self, profile_id: ProfileId, kind: NoticeKind, notice_id: NoticeId) -> None: ...

    def counted_at(
        self, profile_id: ProfileId, kind: NoticeKind, actor: ProfileId
    ) -> datetime | None:
        """When ``actor`` was last counted in one of these groups."""

    def count(
        self,
        profile_id: ProfileId,
        kind: NoticeKind,
        actor: ProfileId,
        notice_id: NoticeId,
        at: datetime,
    ) -> None: ...
