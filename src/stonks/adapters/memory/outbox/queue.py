"""Things that wait, in memory: taking one, and leaving one alone for a while."""

from collections.abc import Hashable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from stonks.adapters.memory.database import Database, Table
from stonks.application.ports import Clock

Key = TypeVar("Key", bound=Hashable)
Item = TypeVar("Item")
LONGEST = 600.0  # seconds


@dataclass(slots=True)
class Queue(Generic[Key, Item]):
    """A table from which things are taken in the order of their keys, or in turns."""

    database: Database
    now: Clock
    in_turns: bool = False
    items: Table[Key, Item] = field(init=False)
    not_before: Table[Key, datetime] = field(init=False)
    attempts: Table[Key, int] = field(init=False)

    def __post_init__(self) -> None:
        self.items = Table(self.database)
        self.not_before = Table(self.database)
        self.attempts = Table(self.database)

    def put(self, key: Key, item: Item, *, after: timedelta = timedelta(0)) -> None:
        self.items.put(key, item)
        self.attempts.remove(key)
        if after or self.in_turns:
            self.not_before.put(key, self.now() + after)

    def take(self) -> Item | None:
        ready = self.ready()
        if not ready:
            return None
        item = self.items.get(ready[0])
        self.items.remove(ready[0])
        self.not_before.remove(ready[0])
        return item

    def ready(self) -> list[Key]:
        """The keys of what may be done now."""
        at = self.now()

        def is_ready(key: Any) -> bool:
            until = self.not_before.get(key)
            return until is None or until <= at

        return sorted(self.items.keys(is_ready), key=self._place)

    def _place(self, key: Key) -> Any:
        return (self.not_before.get(key), key) if self.in_turns else key

    def postpone(self, key: Key) -> None:
        tried = self.tried(key) + 1
        self.attempts.put(key, tried)
        wait = timedelta(seconds=min(LONGEST, 2.0 ** min(tried - 1, 10)))
        self.not_before.put(key, self.now() + wait)

    def failing(self) -> int:
        """How many failed before."""
        return sum(self.tried(key) > 0 for key in self.items.keys(lambda key: True))

    def tried(self, key: Key) -> int:
        return self.attempts.get(key) or 0
