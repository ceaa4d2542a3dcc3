"""Personal access tokens in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.identity.work import MemoryIdentityWork
from stonks.application.identity.access_tokens.ports import AccessTokenView
from stonks.domain.identity.access_token import NEVER, AccessToken
from stonks.domain.identity.scope import Scope
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class MemoryAccessTokens:
    """``AccessTokenRepository`` on tables in memory."""

    tables: IdentityTables

    def add(self, token: AccessToken) -> None:
        self.tables.access_tokens.put(token.id, token)

    def owner(self, token_id: SessionId) -> ProfileId | None:
        token, session = self.tables.access_tokens.get(token_id), self.tables.sessions.get(token_id)
        return session.profile_id if token and session else None

    def count(self, profile_id: ProfileId, at: datetime) -> int:
        return sum(session.is_alive(at) for _, session in _of(self.tables, profile_id))


@dataclass(slots=True)
class MemoryAccessTokensWork(MemoryIdentityWork):
    """``AccessTokensWork`` on tables in memory."""

    access_tokens: MemoryAccessTokens = field(init=False)

    def __post_init__(self) -> None:
        MemoryIdentityWork.__post_init__(self)
        self.access_tokens = MemoryAccessTokens(self.tables)


@dataclass(frozen=True, slots=True)
class MemoryAccessTokenReads:
    """``AccessTokenReads`` on tables in memory."""

    tables: IdentityTables

    def page(
        self, profile_id: ProfileId, *, before: SessionId | None, limit: int
    ) -> Sequence[AccessTokenView]:
        with self.tables.database.lock:
            kept = [pair for pair in _of(self.tables, profile_id) if pair[1].ended_at is None]
        newest = sorted(kept, key=lambda pair: pair[0].id, reverse=True)
        views = [_view(*pair) for pair in newest if before is None or pair[0].id < before]
        return views[:limit]


def _of(tables: IdentityTables, profile_id: ProfileId) -> Iterator[tuple[AccessToken, Session]]:
    for token in tables.access_tokens.where(lambda row: True):
        session = tables.sessions.get(token.id)
        if session is not None and session.profile_id == profile_id:
            yield token, session


def _view(token: AccessToken, session: Session) -> AccessTokenView:
    return AccessTokenView(
        id=token.id,
        name=token.name,
        prefix=token.prefix,
        scopes=[scope for scope in Scope if scope in token.scopes],
        created_at=session.started_at,
        used_at=session.used_at if session.used_at > session.started_at else None,
        expires_at=None if session.expires_at == NEVER else session.expires_at,
    )
