"""One unit of work of notifications, and what stands in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from stonks.application.notifications.notifier import Delivery
from stonks.application.outbox.one_by_one import Waiting
from stonks.application.outbox.ports import Outbox
from stonks.domain.ids import ChannelId, NoticeId, ProfileId, StreamId
from stonks.domain.notifications.deciding import LastLook, Standing
from stonks.domain.notifications.delivery import Decided, DeliveryKey, State
from stonks.domain.notifications.notice import Notice, NoticeKind


class NoticeRepository(Protocol):
    def add(self, notice: Notice) -> bool:
        """False where there is one of this kind about this subject already."""

    def get(self, notice_id: NoticeId) -> Notice | None:
        """None where whom it was about left Stonks."""

    def about(self, kind: NoticeKind, subject: UUID) -> Notice | None: ...

    def save(self, notice: Notice) -> None:
        """Keep ``data`` and ``over_at``."""


class Inboxes(Protocol):
    def add(self, notice_id: NoticeId, profile_id: ProfileId) -> None:
        """Put it in; again does nothing."""

    def has_read(self, notice_id: NoticeId, profile_id: ProfileId) -> bool: ...

    def read(self, profile_id: ProfileId, ids: Collection[NoticeId] | None, at: datetime) -> int:
        """Mark these, or all, as read; how many were not. Unknown ids do nothing."""


@dataclass(frozen=True, slots=True)
class Fanout:
    """An audience of which those up to ``position``, in order of id, have their notice."""

    notice_id: NoticeId
    audience: ProfileId
    position: ProfileId | None = None


@dataclass(frozen=True, slots=True)
class Filled:
    """How many followers were looked at, and the last of them; None where there were none."""

    count: int
    last: ProfileId | None


class Fanouts(Waiting[Fanout], Protocol):
    """Audiences that have not all got their notice."""

    def add(self, fanout: Fanout) -> None:
        """Have it done from ``position`` on."""

    def fill(self, fanout: Fanout, batch_id: UUID, most: int) -> Filled:
        """Put the notice into the inboxes of the next followers with an open bell.

        Those who did not have it become one batch. Set-based: the cost is of rows, not of calls.
        """


@dataclass(frozen=True, slots=True)
class Batch:
    """People who have a notice, and about whose ways nothing has been decided.

    ``attempts`` counts how often that was tried before.
    """

    id: UUID
    notice_id: NoticeId
    people: Sequence[ProfileId]
    attempts: int = 0


class Batches(Waiting[Batch], Protocol):
    def add(self, batch: Batch, *, after: timedelta = timedelta(0)) -> None:
        """Have it decided, not before ``after``."""

    def has(self, notice_id: NoticeId) -> bool:
        """Whether people of this notice are waiting, and will see what this unit of work does."""


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


class Standings(Protocol):
    """Answered from what identity, preferences and devices know now."""

    def of(self, notice: Notice, people: Collection[ProfileId]) -> Sequence[Standing]:
        """Those who have the notice, who stand alike together; whoever is no more is left out."""


@dataclass(frozen=True, slots=True)
class Departing:
    """A delivery in the hands of one sender, with what is true of it at this moment."""

    delivery: Delivery
    look: LastLook


class Deliveries(Protocol):
    def add(self, notice_id: NoticeId, decided: Sequence[Decided]) -> None:
        """Keep what was decided, due at once; what was decided before stands."""

    def claim(self, way: str, most: int, lease: timedelta) -> Sequence[DeliveryKey]:
        """Those that are due longest, for the caller, for ``lease`` on the store's clock.

        Of several callers at once each gets others. After the lease they are due again, unless
        they left.
        """

    def depart(self, key: DeliveryKey) -> Departing | None:
        """From now on it is ``LEAVING``: nobody else sends it, ever, but after ``put_back``.

        None where it is not waiting any more. Who looks at it at this moment keeps it from nobody.
        """

    def put_back(self, key: DeliveryKey, reason: str, after: timedelta) -> None:
        """It surely did not leave: let it be due again."""

    def release(self, keys: Collection[DeliveryKey]) -> None:
        """End a claim early: those that wait still are due at once, for anybody."""

    def settle(self, key: DeliveryKey, state: State, reason: str) -> None:
        """How it ended; a device whose push was ``SENT`` was used now."""

    def mail_instead(self, key: DeliveryKey) -> bool:
        """The device is no more: have a mail sent that the device had made needless.

        Only where it was the last of the person's devices. False where nothing changed.
        """

    def forget_device(self, device: UUID) -> None: ...

    def give_up(self, before: timedelta, most: int) -> int:
        """Call ``LOST`` what has been leaving for longer than that; how many."""


class Retention(Protocol):
    """What is kept for a while and not longer; each removes at most some, and says how many."""

    def forget_notices(self, before: datetime, most: int) -> int:
        """Notices made before then, in inboxes and altogether."""

    def forget_deliveries(self, before: datetime, most: int) -> int:
        """What was decided about notices made before then."""

    def forget_actors(self, before: datetime, most: int) -> int:
        """Who was last counted before then."""


@dataclass(frozen=True, slots=True)
class StreamFacts:
    """A stream as its announcement tells it."""

    slug: str
    host: str
    host_name: str
    is_live: bool


class Neighbours(Protocol):
    """Answered by channels and identity."""

    def stream(self, channel_id: ChannelId, stream_id: StreamId) -> StreamFacts | None:
        """None where the stream, its channel or its HOST is no more."""

    def username(self, profile_id: ProfileId) -> str | None:
        """None where that profile is not active."""


class NotificationsWork(Protocol):
    @property
    def outbox(self) -> Outbox: ...
    @property
    def notices(self) -> NoticeRepository: ...
    @property
    def inboxes(self) -> Inboxes: ...
    @property
    def fanouts(self) -> Fanouts: ...
    @property
    def batches(self) -> Batches: ...
    @property
    def groups(self) -> Groups: ...
    @property
    def standings(self) -> Standings: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def retention(self) -> Retention: ...
    @property
    def neighbours(self) -> Neighbours: ...
