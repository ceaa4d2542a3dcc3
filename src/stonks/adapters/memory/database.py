"""Tables in memory with units of work: one at a time, all of it or nothing."""

from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager, contextmanager
from copy import copy
from dataclasses import dataclass, field
from threading import RLock
from typing import Any, Generic, TypeVar

Key = TypeVar("Key")
Row = TypeVar("Row")
Work = TypeVar("Work")
Undo = Callable[[], object]


@dataclass(slots=True)
class Database:
    """What the tables of one store share: a lock, a way back, and each other."""

    lock: RLock = field(default_factory=RLock)
    journal: list[Undo] = field(default_factory=list)
    tables: list["Table[Any, Any]"] = field(default_factory=list)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Hold the store; undo what the block changed if it raises."""
        with self.lock:
            start = len(self.journal)
            try:
                yield
            except BaseException:
                while len(self.journal) > start:
                    self.journal.pop()()
                raise
            if start == 0:
                self.journal.clear()


@dataclass(slots=True)
class Table(Generic[Key, Row]):
    """Rows by key, copied in and copied out; what a row holds is never changed in place."""

    database: Database
    rows: MutableMapping[Key, Row] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.database.tables.append(self)

    def get(self, key: Key) -> Row | None:
        with self.database.lock:
            return copy(self.rows.get(key))

    def put(self, key: Key, row: Row) -> None:
        with self.database.lock:
            self._remember(key)
            self.rows[key] = copy(row)

    def remove(self, key: Key) -> bool:
        """False where there was no such row."""
        with self.database.lock:
            if key not in self.rows:
                return False
            self._remember(key)
            del self.rows[key]
            return True

    def where(self, matches: Callable[[Row], bool]) -> list[Row]:
        """The rows that match, in the order in which they came."""
        with self.database.lock:
            return [copy(row) for row in self.rows.values() if matches(row)]

    def keys(self, matches: Callable[[Key], bool]) -> list[Key]:
        """The keys that match, in the order in which they came."""
        with self.database.lock:
            return [key for key in self.rows if matches(key)]

    def first(self, matches: Callable[[Row], bool]) -> Row | None:
        with self.database.lock:
            return copy(next((row for row in self.rows.values() if matches(row)), None))

    def _remember(self, key: Key) -> None:
        if key in self.rows:
            before = self.rows[key]
            self.database.journal.append(lambda: self.rows.__setitem__(key, before))
        else:
            self.database.journal.append(lambda: self.rows.pop(key, None))


@dataclass(frozen=True, slots=True)
class MemoryBegin(Generic[Work]):
    """``Begin`` on memory: ``work`` is what each block gets."""

    database: Database
    work: Work

    def __call__(self) -> AbstractContextManager[Work]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[Work]:
        with self.database.transaction():
            yield self.work
