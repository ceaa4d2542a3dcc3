"""What is kept for a while."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any

from stonks.adapters.clock import first_id
from stonks.adapters.memory.database import Table
from stonks.adapters.memory.notifications.tables import NotificationTables


@dataclass(frozen=True, slots=True)
class MemoryRetention:
    """``Retention``."""

    tables: NotificationTables

    def forget_notices(self, before: datetime, most: int) -> int:
        first = first_id(before)
        held = self.tables.inboxes.keys(lambda key: key[1] < first)
        old = self.tables.notices.keys(lambda key: key < first)
        return _remove(self.tables.inboxes, held, most) + _remove(self.tables.notices, old, most)

    def forget_deliveries(self, before: datetime, most: int) -> int:
        first = first_id(before)
        old = self.tables.deliveries.keys(lambda key: key.notice_id < first)
        return _remove(self.tables.deliveries, old, most)

    def forget_actors(self, before: datetime, most: int) -> int:
        actors = self.tables.actors
        old = [key for key in actors.keys(lambda key: True) if _is_before(actors.get(key), before)]
        return _remove(actors, old, most)


def _is_before(at: datetime | None, before: datetime) -> bool:
    return at is not None and at < before


def _remove(table: Table[Any, Any], keys: Iterable[Any], most: int) -> int:
    return sum(table.remove(key) for key in islice(keys, most))
