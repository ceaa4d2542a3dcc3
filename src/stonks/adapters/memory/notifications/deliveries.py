"""What was decided for each way, and what became of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from stonks.adapters.clock import new_id
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.notifications.departing import Looking
from stonks.adapters.memory.notifications.devices import alive_devices
from stonks.adapters.memory.notifications.tables import Kept, NotificationTables
from stonks.application.notifications.sending import Departing
from stonks.application.notifications.stages import Batch
from stonks.domain.ids import DeviceId, NoticeId, ProfileId
from stonks.domain.notifications.delivery import Decided, Decision, DeliveryKey, State
from stonks.domain.notifications.way import EMAIL, PUSH

_NOT_TOLD = frozenset({State.SKIPPED, State.DROPPED})


@dataclass(frozen=True, slots=True)
class MemoryDeliveries:
    """``Deliveries``."""

    tables: NotificationTables
    identity: IdentityTables
    looking: Looking

    def add(self, notice_id: NoticeId, decided: Sequence[Decided]) -> None:
        at = self.tables.now()
        for person, decision in _each(decided):
            key = DeliveryKey(notice_id, person, decision.way, decision.target)
            if self.tables.deliveries.get(key) is None:
                kept = Kept(key, decision.state, decision.reason, at, at, at)
                self.tables.deliveries.put(key, kept)

    def claim(self, way: str, most: int, lease: timedelta) -> Sequence[DeliveryKey]:
        at = self.tables.now()
        due = self.tables.deliveries.where(
            lambda row: row.key.way == way and row.state is State.WAITING and row.due_at <= at
        )
        claimed = sorted(due, key=lambda row: row.due_at)[:most]
        for row in claimed:
            row.due_at = at + lease
            self.tables.deliveries.put(row.key, row)
        return [row.key for row in claimed]

    def depart(self, key: DeliveryKey) -> Departing | None:
        row = self.tables.deliveries.get(key)
        if row is None or row.state is not State.WAITING:
            return None
        departing = self.looking.departing(row)
        if departing is None:
            self._change(row, State.DROPPED, "notice_gone")
        else:
            row.attempts += 1
            self._change(row, State.LEAVING, row.reason)
        return departing

    def put_back(self, key: DeliveryKey, reason: str, after: timedelta) -> None:
        row = self.tables.deliveries.get(key)
        if row is not None:
            row.due_at = self.tables.now() + after
            self._change(row, State.WAITING, reason)

    def release(self, keys: Collection[DeliveryKey]) -> None:
        for row in filter(None, map(self.tables.deliveries.get, keys)):
            if row.state is State.WAITING:
                row.due_at = self.tables.now()
                self.tables.deliveries.put(row.key, row)

    def settle(self, key: DeliveryKey, state: State, reason: str) -> None:
        row = self.tables.deliveries.get(key)
        if row is not None:
            self._change(row, state, reason or row.reason)
        if state is State.SENT and key.way == PUSH:
            self._use(DeviceId(key.target))

    def mail_instead(self, key: DeliveryKey) -> bool:
        row = self.tables.deliveries.get(DeliveryKey(key.notice_id, key.profile_id, EMAIL))
        others = alive_devices(self.tables, self.identity, key.profile_id)
        if any(device.id != key.target for device in others):
            return False
        if row is None or (row.state, row.reason) != (State.SKIPPED, "has_device"):
            return False
        row.due_at = self.tables.now()
        self._change(row, State.WAITING, "devices_gone")
        return True

    def reopen(self, notice_id: NoticeId, most: int) -> bool:
        missed = self.tables.deliveries.where(
            lambda row: (
                (row.key.notice_id, row.reason) == (notice_id, "over") and row.state in _NOT_TOLD
            )
        )
        for row in missed:
            self.tables.deliveries.remove(row.key)
        people = sorted({row.profile_id for row in missed})
        for start in range(0, len(people), most):
            batch = Batch(new_id(), notice_id, people[start : start + most])
            self.tables.batches.put(batch.id, batch)
        return bool(people)

    def forget_device(self, device: UUID) -> None:
        self.tables.devices.remove(DeviceId(device))

    def give_up(self, before: timedelta, most: int) -> int:
        oldest = self.tables.now() - before
        lost = self.tables.deliveries.where(
            lambda row: row.state is State.LEAVING and row.changed_at < oldest
        )[:most]
        for row in lost:
            self._change(row, State.LOST, "sender_died")
        return len(lost)

    def _use(self, device_id: DeviceId) -> None:
        device = self.tables.devices.get(device_id)
        if device is not None:
            used = replace(device, used_at=self.tables.now())
            self.tables.devices.put(device_id, used)

    def _change(self, row: Kept, state: State, reason: str) -> None:
        row.state, row.reason, row.changed_at = state, reason, self.tables.now()
        self.tables.deliveries.put(row.key, row)


def _each(decided: Sequence[Decided]) -> Iterator[tuple[ProfileId, Decision]]:
    for some in decided:
        for person in some.people:
            for decision in some.decisions:
                yield person, decision
