"""Units of work on PostgreSQL, and what its refusals mean."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Generic, TypeVar

import psycopg2
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from stonks.domain.errors import Refusal, Unavailable

Work = TypeVar("Work")


def _nothing(_: object) -> None:
    """What follows a commit where nothing does."""


@dataclass(frozen=True, slots=True)
class PostgresBegin(Generic[Work]):
    """``Begin`` on PostgreSQL: one transaction a block; ``work`` gives a connection its ports.

    ``committed`` gets the work after a commit, to tell others of it.
    """

    engine: Engine
    work: Callable[[Connection], Work]
    committed: Callable[[Work], None] = _nothing

    def __call__(self) -> AbstractContextManager[Work]:
        return self._block()

    @contextmanager
    def _block(self) -> Iterator[Work]:
        with reachable(), self.engine.begin() as connection:
            work = self.work(connection)
            yield work
        self.committed(work)


@dataclass(frozen=True, slots=True)
class Reads:
    """Where queries read: in autocommit, one round trip each."""

    engine: Engine

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        with reachable(), self.engine.connect() as connection:
            yield connection.execution_options(isolation_level="AUTOCOMMIT")


@contextmanager
def reachable() -> Iterator[None]:
    """Raise ``Unavailable`` where PostgreSQL is away, full, or gave up on a lock."""
    try:
        yield
    except (OperationalError, psycopg2.OperationalError, PoolTimeoutError) as error:
        raise Unavailable("database_unavailable", "try again in a moment") from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise Unavailable("database_unavailable", "try again in a moment") from error
        raise


@contextmanager
def refusing(refusals: Mapping[str, Callable[[], Refusal]]) -> Iterator[None]:
    """Raise the refusal that belongs to the constraint which a statement broke."""
    try:
        yield
    except IntegrityError as error:
        name = getattr(getattr(error.orig, "diag", None), "constraint_name", None)
        if name is not None and name in refusals:
            raise refusals[name]() from error
        raise
