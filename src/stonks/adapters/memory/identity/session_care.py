"""Cookies of sessions, their list and their upkeep, in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.application.identity.sessions.ports import SessionView
from stonks.domain.identity.session import Session
from stonks.domain.identity.session_cookie import SessionKind
from stonks.domain.ids import ProfileId, SessionId


@dataclass(frozen=True, slots=True)
class MemorySessionCookies:
    """``SessionCookieRepository`` on tables in memory."""

    tables: IdentityTables

    def bind(self, session_id: SessionId, digest: bytes) -> None:
        self.tables.session_cookies.put(session_id, digest)
        for token in self.tables.refresh_tokens.where(lambda row: row.session_id == session_id):
            self.tables.refresh_tokens.remove(token.digest)


@dataclass(frozen=True, slots=True)
class MemorySessionUpkeep:
    """``SessionUpkeep`` on tables in memory."""

    tables: IdentityTables

    def note(
        self, uses: Mapping[SessionId, datetime], *, stale: timedelta, lifetime: timedelta
    ) -> None:
        for session_id, at in uses.items():
            session = self.tables.sessions.get(session_id)
            if session and session.is_alive(at) and session.used_at <= at - stale:
                session.used_at = at
                if self.tables.session_cookies.get(session_id):
                    session.prolong(lifetime, at=at)
                self.tables.sessions.put(session_id, session)

    def purge(self, before: datetime, most: int) -> int:
        gone = self.tables.sessions.where(lambda row: _over_at(row) < before)[:most]
        for session in gone:
            self._remove(session.id)
        return len(gone)

    def forget_used_tokens(self, before: datetime, most: int) -> int:
        gone = self.tables.refresh_tokens.where(
            lambda row: row.used_at is not None and row.used_at < before
        )[:most]
        for token in gone:
            self.tables.refresh_tokens.remove(token.digest)
        return len(gone)

    def _remove(self, session_id: SessionId) -> None:
        for token in self.tables.refresh_tokens.where(lambda row: row.session_id == session_id):
            self.tables.refresh_tokens.remove(token.digest)
        self.tables.session_cookies.remove(session_id)
        self.tables.access_tokens.remove(session_id)
        self.tables.sessions.remove(session_id)


def _over_at(session: Session) -> datetime:
    return min(session.ended_at or session.expires_at, session.expires_at)


@dataclass(frozen=True, slots=True)
class MemorySessionReads:
    """``SessionReads`` on tables in memory."""

    tables: IdentityTables

    def of_cookie(self, digest: bytes) -> SessionId | None:
        with self.tables.database.lock:
            rows = self.tables.session_cookies.rows.items()
            return next((id_ for id_, known in rows if known == digest), None)

    def page(
        self, profile_id: ProfileId, at: datetime, *, before: SessionId | None, limit: int
    ) -> Sequence[SessionView]:
        with self.tables.database.lock:
            found = self.tables.sessions.where(
                lambda row: (
                    row.profile_id == profile_id
                    and row.is_alive(at)
                    and (before is None or row.id < before)
                    and self.tables.access_tokens.get(row.id) is None
                )
            )
            found.sort(key=lambda row: row.id, reverse=True)
            return [self._view(row) for row in found[:limit]]

    def _view(self, session: Session) -> SessionView:
        is_cookie = self.tables.session_cookies.get(session.id) is not None
        return SessionView(
            id=session.id,
            device=session.device,
            started_at=session.started_at,
            used_at=session.used_at,
            expires_at=session.expires_at,
            kind=SessionKind.COOKIE if is_cookie else SessionKind.TOKEN,
        )
