"""Sessions and refresh tokens on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.external import entry_codes
from stonks.adapters.postgres.tables.identity import refresh_tokens, sessions
from stonks.adapters.postgres.tables.second_factors import half_sessions
from stonks.domain.errors import NotFound
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class PostgresSessions:
    """``SessionRepository`` on the table ``sessions``."""

    connection: Connection

    def add(self, session: Session) -> None:
        self.connection.execute(insert(sessions).values(asdict(session)))

    def lock(self, session_id: SessionId) -> Session:
        query = select(sessions).where(sessions.c.id == session_id)
        row = self.connection.execute(query.with_for_update(key_share=True)).one_or_none()
        if row is None:
            raise NotFound("unknown_session", "there is no such session")
        return Session(**row._mapping)

    def save(self, session: Session) -> None:
        change = update(sessions).where(sessions.c.id == session.id).values(asdict(session))
        self.connection.execute(change)

    def end_all(
        self, profile_id: ProfileId, at: datetime, *, but: SessionId | None = None
    ) -> Sequence[SessionId]:
        end = (
            update(sessions)
            .where(sessions.c.profile_id == profile_id, sessions.c.ended_at.is_(None))
            .values(ended_at=at)
            .returning(sessions.c.id)
        )
        if but is not None:
            tokens = select(access_tokens.c.session_id)
            end = end.where(sessions.c.id != but, sessions.c.id.not_in(tokens))
        ended = [SessionId(id_) for id_ in self.connection.scalars(end)]
        for waiting in (half_sessions, entry_codes):
            self.connection.execute(delete(waiting).where(waiting.c.profile_id == profile_id))
        return ended


@dataclass(frozen=True, slots=True)
class PostgresRefreshTokens:
    """``RefreshTokenRepository`` on the table ``refresh_tokens``."""

    connection: Connection

    def add(self, token: RefreshToken) -> None:
        row = {
            "hash": token.digest,
            "session_id": token.session_id,
            "issued_at": token.issued_at,
            "used_at": token.used_at,
        }
        self.connection.execute(insert(refresh_tokens).values(row))

    def get(self, digest: bytes) -> RefreshToken:
        token = find_refresh_token(self.connection, digest)
        if token is None:
            raise NotFound("unknown_refresh_token", "there is no such refresh token")
        return token

    def save(self, token: RefreshToken) -> None:
        change = update(refresh_tokens).where(refresh_tokens.c.hash == token.digest)
        self.connection.execute(change.values(used_at=token.used_at))


def find_refresh_token(connection: Connection, digest: bytes) -> RefreshToken | None:
    query = select(refresh_tokens).where(refresh_tokens.c.hash == digest)
    row = connection.execute(query).one_or_none()
    return _token(row) if row else None


def _token(row: Row[Any]) -> RefreshToken:
    return RefreshToken(bytes(row.hash), SessionId(row.session_id), row.issued_at, row.used_at)
