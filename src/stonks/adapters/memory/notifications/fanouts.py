"""Audiences that have not all got their notice, and people for whom ways are to be decided."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from stonks.adapters.memory.notifications.notices import MemoryInboxes
from stonks.adapters.memory.notifications.tables import NotificationTables
from stonks.application.notifications.stages import Batch, Fanout, Filled
from stonks.domain.ids import NoticeId, ProfileId

Audience = Callable[[ProfileId], Sequence[ProfileId]]
"""Who follows somebody with an open bell, in order of id."""


@dataclass(frozen=True, slots=True)
class MemoryFanouts:
    """``Fanouts``; who follows is asked of ``audience``."""

    tables: NotificationTables
    audience: Audience

    def add(self, fanout: Fanout) -> None:
        self.tables.fanouts.put(fanout.notice_id, fanout)

    def take(self) -> Fanout | None:
        return self.tables.fanouts.take()

    def postpone(self, item: Fanout) -> None:
        self.tables.fanouts.postpone(item.notice_id)

    def fill(self, fanout: Fanout, batches: Sequence[UUID], most: int) -> Filled:
        everybody = self.audience(fanout.audience)
        start = fanout.position
        people = [one for one in everybody if start is None or one > start]
        people = people[: most * len(batches)]
        inboxes = MemoryInboxes(self.tables)
        new = [person for person in people if not inboxes.has(fanout.notice_id, person)]
        for person in new:
            inboxes.add(fanout.notice_id, person)
        for place, batch_id in zip(range(0, len(new), most), batches, strict=False):
            batch = Batch(batch_id, fanout.notice_id, new[place : place + most])
            self.tables.batches.put(batch_id, batch)
        return Filled(len(people), people[-1] if people else None)


@dataclass(frozen=True, slots=True)
class MemoryBatches:
    """``Batches``."""

    tables: NotificationTables

    def add(self, batch: Batch, *, after: timedelta = timedelta(0)) -> None:
        self.tables.batches.put(batch.id, batch, after=after)

    def has(self, notice_id: NoticeId) -> bool:
        waiting = self.tables.batches.items
        return waiting.first(lambda row: row.notice_id == notice_id) is not None

    def take(self) -> Batch | None:
        batch = self.tables.batches.take()
        return batch and replace(batch, attempts=self.tables.batches.tried(batch.id))

    def postpone(self, item: Batch) -> None:
        self.tables.batches.postpone(item.id)
