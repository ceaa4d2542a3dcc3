"""Whether PostgreSQL answers, and has the tables that this version needs."""

from dataclasses import dataclass

from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from stonks.adapters.postgres.work import Reads
from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class PostgresAnswers:
    """Raises ``Unavailable`` where it does not."""

    reads: Reads

    def __call__(self) -> None:
        try:
            with self.reads.connect() as connection:
                connection.execute(text("SELECT 1"))
        except Unavailable:
            raise Unavailable("database_unavailable", "does not answer") from None


@dataclass(frozen=True, slots=True)
class PostgresIsMigrated:
    """Raises ``Unavailable`` while migrations are missing."""

    reads: Reads
    head: str | None

    def __call__(self) -> None:
        if self._revision() != self.head:
            raise Unavailable("migrations_missing", "are missing: run stonks migrate")

    def _revision(self) -> str | None:
        try:
            with self.reads.connect() as connection:
                statement = text("SELECT version_num FROM alembic_version")
                revision: str | None = connection.execute(statement).scalar()
                return revision
        except ProgrammingError:  # there is no such table before the first migration
            return None
