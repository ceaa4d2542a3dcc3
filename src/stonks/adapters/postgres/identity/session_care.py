"""Cookies of sessions, their list and their upkeep, on PostgreSQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Table,
    case,
    column,
    delete,
    exists,
    insert,
    literal,
    select,
    update,
    values,
)

from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.identity import refresh_tokens, sessions
from stonks.adapters.postgres.tables.sessions import over_at, session_cookies
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.sessions.ports import SessionView
from stonks.domain.identity.session_cookie import SessionKind
from stonks.domain.ids import ProfileId, SessionId

_IS_COOKIE = exists().where(session_cookies.c.session_id == sessions.c.id).correlate(sessions)
_IS_TOKEN = exists().where(access_tokens.c.session_id == sessions.c.id).correlate(sessions)


@dataclass(frozen=True, slots=True)
class PostgresSessionCookies:
    """``SessionCookieRepository`` on the table ``session_cookies``."""

    connection: Connection

    def bind(self, session_id: SessionId, digest: bytes) -> None:
        row = {"session_id": session_id, "hash": digest}
        self.connection.execute(insert(session_cookies).values(row))
        tokens = refresh_tokens.c.session_id == session_id
        self.connection.execute(delete(refresh_tokens).where(tokens))


@dataclass(frozen=True, slots=True)
class PostgresSessionUpkeep:
    """``SessionUpkeep`` on the tables of sessions."""

    connection: Connection

    def note(
        self, uses: Mapping[SessionId, datetime], *, stale: timedelta, lifetime: timedelta
    ) -> None:
        used = _rows(sorted(uses.items()))
        held = (
            select(sessions.c.id, used.c.at)
            .join(used, used.c.id == sessions.c.id)
            .where(sessions.c.ended_at.is_(None), sessions.c.expires_at > used.c.at)
            .where(sessions.c.used_at <= used.c.at - literal(stale))
            .with_for_update(of=sessions, key_share=True, skip_locked=True)
            .cte("held")
        )
        until = case((_IS_COOKIE, held.c.at + literal(lifetime)), else_=sessions.c.expires_at)
        change = update(sessions).where(sessions.c.id == held.c.id)
        self.connection.execute(change.values(used_at=held.c.at, expires_at=until))

    def purge(self, before: datetime, most: int) -> int:
        return self._remove(sessions, sessions.c.id, over_at < before, most)

    def forget_used_tokens(self, before: datetime, most: int) -> int:
        old = refresh_tokens.c.used_at < before
        return self._remove(refresh_tokens, refresh_tokens.c.hash, old, most)

    def _remove(
        self, table: Table, key: ColumnElement[Any], old: ColumnElement[bool], most: int
    ) -> int:
        gone = select(key).where(old).limit(most).with_for_update(skip_locked=True)
        return self.connection.execute(delete(table).where(key.in_(gone))).rowcount


def _rows(uses: Sequence[tuple[SessionId, datetime]]) -> Any:
    columns = (column("id", sessions.c.id.type), column("at", sessions.c.used_at.type))
    return values(*columns, name="uses").data(uses)


@dataclass(frozen=True, slots=True)
class PostgresSessionReads:
    """``SessionReads``, each one select on the primary."""

    reads: Reads

    def of_cookie(self, digest: bytes) -> SessionId | None:
        query = select(session_cookies.c.session_id).where(session_cookies.c.hash == digest)
        with self.reads.connect() as connection:
            found = connection.scalar(query)
        return SessionId(found) if found else None

    def page(
        self, profile_id: ProfileId, at: datetime, *, before: SessionId | None, limit: int
    ) -> Sequence[SessionView]:
        query = (
            select(sessions, _IS_COOKIE.label("is_cookie"))
            .where(sessions.c.profile_id == profile_id, sessions.c.ended_at.is_(None))
            .where(sessions.c.expires_at > at, ~_IS_TOKEN)
            .order_by(sessions.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(sessions.c.id < before)
        with self.reads.connect() as connection:
            return [_view(row) for row in connection.execute(query)]


def _view(row: Any) -> SessionView:
    return SessionView(
        id=SessionId(row.id),
        device=row.device,
        started_at=row.started_at,
        used_at=row.used_at,
        expires_at=row.expires_at,
        kind=SessionKind.COOKIE if row.is_cookie else SessionKind.TOKEN,
    )
