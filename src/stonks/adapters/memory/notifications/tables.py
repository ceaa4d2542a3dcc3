"""The rows of notifications."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from stonks.adapters.memory.database import Database, Table
from stonks.adapters.memory.outbox.queue import Queue
from stonks.application.notifications.devices import PushDevice
from stonks.application.notifications.stages import Batch, Fanout
from stonks.application.ports import Clock
from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.delivery import DeliveryKey, State
from stonks.domain.notifications.notice import Notice, NoticeKind

InboxKey = tuple[ProfileId, NoticeId]
GroupKey = tuple[ProfileId, NoticeKind]
ActorKey = tuple[ProfileId, NoticeKind, ProfileId]


@dataclass(slots=True)
class Kept:
    """A delivery, and how far it has come."""

    key: DeliveryKey
    state: State
    reason: str
    decided_at: datetime
    due_at: datetime
    changed_at: datetime
    attempts: int = 0

    @property
    def profile_id(self) -> ProfileId:
        return self.key.profile_id


@dataclass(slots=True)
class NotificationTables:
    """Notices, inboxes with when something was read (None while it was not), and the rest."""

    database: Database
    now: Clock
    notices: Table[NoticeId, Notice] = field(init=False)
    inboxes: Table[InboxKey, datetime | None] = field(init=False)
    fanouts: Queue[NoticeId, Fanout] = field(init=False)
    batches: Queue[UUID, Batch] = field(init=False)
    groups: Table[GroupKey, NoticeId] = field(init=False)
    actors: Table[ActorKey, datetime] = field(init=False)
    devices: Table[DeviceId, PushDevice] = field(init=False)
    deliveries: Table[DeliveryKey, Kept] = field(init=False)

    def __post_init__(self) -> None:
        self.notices = Table(self.database)
        self.inboxes = Table(self.database)
        self.fanouts = Queue(self.database, self.now)
        self.batches = Queue(self.database, self.now)
        self.groups = Table(self.database)
        self.actors = Table(self.database)
        self.devices = Table(self.database)
        self.deliveries = Table(self.database)

    def notices_of(self, profile_id: ProfileId) -> list[NoticeId]:
        """The newest first, without those about people who left Stonks."""
        keys = self.inboxes.keys(lambda key: key[0] == profile_id)
        kept = [notice_id for _, notice_id in keys if self.notices.get(notice_id)]
        return sorted(kept, reverse=True)
