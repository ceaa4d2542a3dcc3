"""First answers on PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.idempotency import in_use, told
from stonks.adapters.postgres.forgetting import forget
from stonks.adapters.postgres.tables.idempotency import first_answers as t
from stonks.adapters.postgres.work import Reads
from stonks.application.ports import ANSWERS_LAST, LONGEST_EXECUTION, FirstAnswer, Request


@dataclass(frozen=True, slots=True)
class PostgresFirstAnswers:
    """``FirstAnswers``; each statement is a transaction of its own."""

    reads: Reads

    def claim(self, request: Request, at: datetime) -> FirstAnswer | None:
        with self.reads.connect() as connection:
            connection.execute(_over(request, at))
            if connection.execute(_claim(request, at)).rowcount == 1:
                return None
            return _kept(connection, request)

    def keep(self, request: Request, at: datetime, answer: FirstAnswer) -> None:
        change = update(t).where(_this(request), t.c.at == at)
        with self.reads.connect() as connection:
            connection.execute(change.values(status=answer.status, body=answer.body))

    def release(self, request: Request, at: datetime) -> None:
        with self.reads.connect() as connection:
            connection.execute(delete(t).where(_this(request), t.c.at == at))

    def forget(self, before: datetime, most: int) -> int:
        with self.reads.connect() as connection:
            return forget(connection, "first_answers", "at", before, most)


def _claim(request: Request, at: datetime) -> Any:
    row = {
        "profile_id": request.profile_id,
        "key": request.key,
        "fingerprint": request.fingerprint,
        "at": at,
    }
    return insert(t).values(row).on_conflict_do_nothing()


def _over(request: Request, at: datetime) -> Any:
    """All of this person's that is over goes, so that nothing grows for ever."""
    is_given_up = t.c.status.is_(None) & (t.c.at < at - LONGEST_EXECUTION)
    is_old = t.c.at < at - ANSWERS_LAST
    return delete(t).where(t.c.profile_id == request.profile_id, is_given_up | is_old)


def _kept(connection: Connection, request: Request) -> FirstAnswer:
    wanted = select(t.c.fingerprint, t.c.status, t.c.body).where(_this(request))
    row = connection.execute(wanted).first()
    if row is None:  # released between the two statements
        raise in_use()
    first = None if row.status is None else FirstAnswer(row.status, bytes(row.body))
    return told(first, is_same_request=bytes(row.fingerprint) == request.fingerprint)


def _this(request: Request) -> ColumnElement[bool]:
    return and_(t.c.profile_id == request.profile_id, t.c.key == request.key)
