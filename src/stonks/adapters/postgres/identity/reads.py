"""Reads of identity on PostgreSQL."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from stonks.adapters.postgres.identity.ranks import HELD, IS_STAFF, rank_of
from stonks.adapters.postgres.identity.sessions import find_refresh_token
from stonks.adapters.postgres.tables.access_tokens import access_tokens
from stonks.adapters.postgres.tables.accounts import account_type_grants as grants
from stonks.adapters.postgres.tables.identity import passwords, profile, sessions
from stonks.adapters.postgres.tables.mail_links import email_proofs
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.ports import (
    Credentials,
    ProfileView,
    PublicProfileView,
    SignedIn,
    StaffView,
)
from stonks.domain.identity.account_type import STAFF
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.scope import Scope
from stonks.domain.ids import ProfileId, SessionId

_SESSIONS = sessions.join(profile).outerjoin(
    access_tokens, access_tokens.c.session_id == sessions.c.id
)
_MAY_RULE = or_(
    access_tokens.c.session_id.is_(None), access_tokens.c.scopes.contains([Scope.ADMIN.value])
)
_RULES = and_(IS_STAFF, _MAY_RULE).label("rules")
_IS_THEIRS = func.lower(email_proofs.c.email) == func.lower(profile.c.email)
_PROVEN = profile.outerjoin(
    email_proofs, and_(email_proofs.c.profile_id == profile.c.id, _IS_THEIRS)
)
_IS_PROVEN = email_proofs.c.profile_id.is_not(None).label("is_proven")


@dataclass(frozen=True, slots=True)
class PostgresIdentityReads:
    """``IdentityReads``, each one select on the primary."""

    reads: Reads

    def signed_in(self, session_id: SessionId, at: datetime) -> SignedIn | None:
        columns = (profile.c.id, profile.c.username, sessions.c.proven_at, HELD)
        query = select(*columns, access_tokens.c.scopes).select_from(_SESSIONS)
        row = self._one(query.where(sessions.c.id == session_id, _alive(at)))
        if row is None:
            return None
        rank = rank_of(row.held)
        who = (ProfileId(row.id), row.username, session_id, rank.is_staff)
        person = SignedIn(*who, row.proven_at, rank.permissions)
        return person.within(None if row.scopes is None else map(Scope, row.scopes))

    def alive(self, ids: Collection[SessionId], at: datetime) -> Mapping[SessionId, bool]:
        query = select(sessions.c.id, _RULES).select_from(_SESSIONS)
        with self.reads.connect() as connection:
            found = connection.execute(query.where(sessions.c.id.in_(list(ids)), _alive(at)))
            return {SessionId(id_): is_staff for id_, is_staff in found}

    def credentials(self, login: str) -> Credentials | None:
        column = profile.c.email if "@" in login else profile.c.username
        query = select(profile.c.id, passwords.c.hash).join_from(profile, passwords)
        row = self._one(query.where(func.lower(column) == login.lower(), profile.c.active))
        return Credentials(ProfileId(row.id), row.hash) if row else None

    def access_token(self, digest: bytes) -> SessionId | None:
        row = self._one(select(access_tokens.c.session_id).where(access_tokens.c.hash == digest))
        return SessionId(row.session_id) if row else None

    def refresh_token(self, digest: bytes) -> RefreshToken | None:
        with self.reads.connect() as connection:
            return find_refresh_token(connection, digest)

    def own(self, profile_id: ProfileId) -> ProfileView | None:
        query = select(profile, _IS_PROVEN).select_from(_PROVEN)
        row = self._one(query.where(profile.c.id == profile_id, profile.c.active))
        return replace(own_view(row), email_verified=row.is_proven) if row else None

    def public(self, username: str) -> PublicProfileView | None:
        named = func.lower(profile.c.username) == username.lower()
        row = self._one(select(profile).where(named, profile.c.active))
        if row is None:
            return None
        return PublicProfileView(
            ProfileId(row.id), row.fullName, row.username, row.avatar, row.createdAt
        )

    def staff(self) -> Sequence[StaffView]:
        columns = (profile.c.id, profile.c.username, grants.c.granted_at, grants.c.granted_by)
        query = select(*columns).join_from(grants, profile).where(grants.c.name == STAFF)
        with self.reads.connect() as connection:
            rows = connection.execute(query.order_by(grants.c.granted_at, profile.c.id))
            return [StaffView(*row) for row in rows]

    def _one(self, query: Select[Any]) -> Any:
        with self.reads.connect() as connection:
            return connection.execute(query).one_or_none()


def _alive(at: datetime) -> ColumnElement[bool]:
    return and_(sessions.c.ended_at.is_(None), sessions.c.expires_at > at, profile.c.active)


def own_view(row: Any) -> ProfileView:
    return ProfileView(
        id=ProfileId(row.id),
        full_name=row.fullName,
        username=row.username,
        email=row.email,
        avatar=row.avatar,
        active=row.active,
        created_at=row.createdAt,
        updated_at=row.updatedAt,
    )
