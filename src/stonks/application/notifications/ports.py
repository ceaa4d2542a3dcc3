"""What notifications need."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from stonks.application.outbox.ports import Lag
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


class Online(Protocol):
    def __call__(self, people: Collection[ProfileId]) -> Collection[ProfileId]:
        """Those who have a socket open somewhere; answered by presence, for thousands at once.

        Raises ``Unavailable`` where nobody can know.
        """


class InboxReads(Protocol):
    def page(
        self, profile_id: ProfileId, *, before: NoticeId | None, limit: int
    ) -> Sequence[NotificationView]:
        """The newest first, those older than one where it is given."""

    def unread(self, profile_id: ProfileId) -> int: ...


@dataclass(frozen=True, slots=True)
class TraceView:
    """What was decided about one way of a notification, and what became of it.

    ``target`` is the device's name for people; empty where the way has none, and where the device
    is somebody else's now. Reasons are
    snake_case. ``attempts`` counts sends.
    """

    way: str
    target: str
    state: str
    reason: str
    attempts: int
    decided_at: datetime
    changed_at: datetime


class TraceReads(Protocol):
    def of(self, profile_id: ProfileId, notice_id: NoticeId) -> Sequence[TraceView] | None:
        """By way and target; None where this person does not have the notice."""


class WorkReads(Protocol):
    def waiting(self) -> Mapping[str, int]:
        """What may be done now, by the job that does it; jobs without work are left out.

        Counted up to some 2,000: beyond that it is enough for everybody.
        """

    def failing(self) -> Mapping[str, int]:
        """What failed before and is to be tried again, now or later; counted in the same way."""

    def oldest(self) -> Mapping[str, float]:
        """For how many seconds what is first in turn has waited, of what may be done now."""

    def lag(self) -> Lag:
        """Of events that other contexts published."""
