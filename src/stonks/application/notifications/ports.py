"""What notifications need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.domain.ids import NoticeId, ProfileId
from stonks.domain.notifications.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class NotificationView:
    """A notice in somebody's inbox; its id is the notice's."""

    id: NoticeId
    kind: NoticeKind
    at: datetime
    data: Mapping[str, object]
    read_at: datetime | None = None


class Tell(Protocol):
    def __call__(self, notification: NotificationView, people: Collection[ProfileId]) -> None:
        """Show it live on every socket that these people have open, on any process.

        At once, best-effort, never raises: whoever missed it is told by ``Missed``.
        """


class Missed(Protocol):
    def __call__(
        self, people: Collection[ProfileId], since: datetime
    ) -> Mapping[ProfileId, Sequence[NotificationView]]:
        """What each was to be shown live from then on; who has nothing is left out."""
