"""Files that nothing refers to, on PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.deletions import loose_media


@dataclass(frozen=True, slots=True)
class PostgresLooseMedia:
    """``LooseMedia`` on the table ``loose_media``."""

    connection: Connection

    def add(self, name: str, due_at: datetime) -> None:
        new = insert(loose_media).values(name=name, due_at=due_at)
        later = new.on_conflict_do_update(index_elements=["name"], set_={"due_at": due_at})
        self.connection.execute(later)

    def take(self, name: str) -> bool:
        taken = delete(loose_media).where(loose_media.c.name == name)
        return self.connection.execute(taken).rowcount == 1

    def claim(self, at: datetime) -> str | None:
        due = select(loose_media.c.name).where(loose_media.c.due_at <= at)
        one = due.order_by(loose_media.c.due_at).limit(1).with_for_update(skip_locked=True)
        return self.connection.execute(one).scalar_one_or_none()
