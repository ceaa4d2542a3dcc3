"""Sessions and refresh tokens in memory."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.domain.errors import NotFound
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class MemorySessions:
    """``SessionRepository`` on tables in memory."""

    tables: IdentityTables

    def add(self, session: Session) -> None:
        self.tables.sessions.put(session.id, session)

    def lock(self, session_id: SessionId) -> Session:
        session = self.tables.sessions.get(session_id)
        if session is None:
            raise NotFound("unknown_session", "there is no such session")
        return session

    def save(self, session: Session) -> None:
        self.tables.sessions.put(session.id, session)

    def end_all(
        self, profile_id: ProfileId, at: datetime, *, but: SessionId | None = None
    ) -> Sequence[SessionId]:
        open_ones = self.tables.sessions.where(
            lambda row: row.profile_id == profile_id and row.ended_at is None
        )
        if but is not None:
            open_ones = [row for row in open_ones if row.id != but and not self._is_token(row)]
        for session in open_ones:
            session.end(at=at)
            self.save(session)
        self.tables.second_factors.end_halves(profile_id)
        self.tables.external.end_codes(profile_id)
        return [session.id for session in open_ones]

    def _is_token(self, session: Session) -> bool:
        return self.tables.access_tokens.get(session.id) is not None


@dataclass(frozen=True, slots=True)
class MemoryRefreshTokens:
    """``RefreshTokenRepository`` on tables in memory."""

    tables: IdentityTables

    def add(self, token: RefreshToken) -> None:
        self.tables.refresh_tokens.put(token.digest, token)

    def get(self, digest: bytes) -> RefreshToken:
        token = self.tables.refresh_tokens.get(digest)
        if token is None:
            raise NotFound("unknown_refresh_token", "there is no such refresh token")
        return token

    def save(self, token: RefreshToken) -> None:
        self.tables.refresh_tokens.put(token.digest, token)
