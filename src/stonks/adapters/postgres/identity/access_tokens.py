"""Personal access tokens on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, select

from stonks.adapters.postgres.identity.work import PostgresIdentityWork
from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.identity import sessions
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.access_tokens.ports import AccessTokenView
from stonks.domain.identity.access_token import NEVER, AccessToken
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId, SessionId

_TOKENS = access_tokens.join(sessions)


@dataclass(frozen=True, slots=True)
class PostgresAccessTokens:
    """``AccessTokenRepository`` on the table ``access_tokens``."""

    connection: Connection

    def add(self, token: AccessToken) -> None:
        row = {
            "session_id": token.id,
            "name": token.name,
            "prefix": token.prefix,
            "hash": token.digest,
            "scopes": sorted(token.scopes),
        }
        self.connection.execute(insert(access_tokens).values(row))

    def owner(self, token_id: SessionId) -> ProfileId | None:
        query = select(sessions.c.profile_id).select_from(_TOKENS)
        found = self.connection.scalar(query.where(sessions.c.id == token_id))
        return ProfileId(found) if found else None

    def count(self, profile_id: ProfileId, at: datetime) -> int:
        query = select(func.count()).select_from(_TOKENS)
        alive = sessions.c.ended_at.is_(None), sessions.c.expires_at > at
        found = self.connection.scalar(query.where(sessions.c.profile_id == profile_id, *alive))
        return found or 0


@dataclass(slots=True)
class PostgresAccessTokensWork(PostgresIdentityWork):
    """``AccessTokensWork`` in one transaction."""

    access_tokens: PostgresAccessTokens = field(init=False)

    def __post_init__(self) -> None:
        PostgresIdentityWork.__post_init__(self)
        self.access_tokens = PostgresAccessTokens(self.connection)


@dataclass(frozen=True, slots=True)
class PostgresAccessTokenReads:
    """``AccessTokenReads``, each one select on the primary."""

    reads: Reads

    def page(
        self, profile_id: ProfileId, *, before: SessionId | None, limit: int
    ) -> Sequence[AccessTokenView]:
        query = (
            select(access_tokens, sessions.c.started_at, sessions.c.used_at, sessions.c.expires_at)
            .select_from(_TOKENS)
            .where(sessions.c.profile_id == profile_id, sessions.c.ended_at.is_(None))
            .order_by(sessions.c.id.desc())
            .limit(limit)
        )
        if before is not None:
            query = query.where(sessions.c.id < before)
        with self.reads.connect() as connection:
            return [_view(row) for row in connection.execute(query)]


def _view(row: Any) -> AccessTokenView:
    return AccessTokenView(
        id=SessionId(row.session_id),
        name=row.name,
        prefix=row.prefix,
        scopes=[scope for scope in Scope if scope in row.scopes],
        created_at=row.started_at,
        used_at=row.used_at if row.used_at > row.started_at else None,
        expires_at=None if row.expires_at == NEVER else row.expires_at,
    )
