"""Inboxes in memory, for sockets alone: who was told what, and when it was put there."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from stonks.adapters.clock import now
from stonks.application.notifications.ports import NotificationView
from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind


def follow(count: int = 1, at: datetime | None = None) -> NotificationView:
    """A notification that changes when there are more of its kind."""
    data = {"count": count, "followers": ["grace"]}
    return NotificationView(NoticeId(uuid4()), NoticeKind.NEW_FOLLOWER, at or now(), data)


@dataclass(slots=True)
class Inboxes:
    """``Missed``: all that anybody has, from then on."""

    entries: dict[ProfileId, dict[NoticeId, NotificationView]] = field(default_factory=dict)
    questions: int = 0

    def put(self, view: NotificationView, *people: ProfileId) -> None:
        """What a person has already takes its place, unread."""
        for profile_id in people:
            self.entries.setdefault(profile_id, {})[view.id] = view

    def read(self, view: NotificationView, profile_id: ProfileId) -> None:
        self.put(replace(view, read_at=now()), profile_id)

    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        self.questions += 1
        found = {
            one: [view for view in self.entries.get(one, {}).values() if view.at >= since]
            for one in people
        }
        return {one: views for one, views in found.items() if views}
