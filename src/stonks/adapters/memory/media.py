"""Files that nothing refers to, in memory."""

from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.database import Table


@dataclass(frozen=True, slots=True)
class MemoryLooseMedia:
    """``LooseMedia``: when each name is due."""

    due: Table[str, datetime]

    def add(self, name: str, due_at: datetime) -> None:
        self.due.put(name, due_at)

    def take(self, name: str) -> bool:
        return self.due.remove(name)

    def claim(self, at: datetime) -> str | None:
        with self.due.database.lock:
            names = [(due, name) for name, due in self.due.rows.items() if due <= at]
        return min(names)[1] if names else None
