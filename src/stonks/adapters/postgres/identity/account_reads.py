"""Reads of those who watch over accounts, on PostgreSQL."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, case, exists, func, or_, select

from stonks.adapters.postgres.identity.audit import read_audit
from stonks.adapters.postgres.identity.reads import own_view
from stonks.adapters.postgres.tables.accounts import account_type_grants as grants
from stonks.adapters.postgres.tables.accounts import account_types as types
from stonks.adapters.postgres.tables.deletions import deletions
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.accounts.ports import (
    AccountTypeView,
    AccountView,
    EntriesWanted,
    GrantView,
    ProfilesWanted,
)
from stonks.application.identity.ports import AuditEntry
from stonks.domain.identity.account_type import BUILT_IN, MEMBER, STAFF
from stonks.domain.identity.permission import EVERY_PERMISSION, Permission, known_permissions
from stonks.domain.ids import ProfileId

_TYPES = func.array(
    select(grants.c.name)
    .where(grants.c.profile_id == profile.c.id)
    .order_by(grants.c.name)
    .correlate(profile)
    .scalar_subquery()
).label("types")
_DELETES_AT = (
    select(deletions.c.due_at)
    .where(deletions.c.profile_id == profile.c.id, deletions.c.erased_at.is_(None))
    .correlate(profile)
    .scalar_subquery()
    .label("deletes_at")
)
_ACCOUNTS = select(profile, _TYPES, _DELETES_AT)
_HOLDERS = (
    select(func.count()).where(grants.c.name == types.c.name).correlate(types).scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class PostgresAccountReads:
    """``AccountReads``, each one select on the primary."""

    reads: Reads

    def profiles(
        self, wanted: ProfilesWanted, *, before: ProfileId | None, limit: int
    ) -> Sequence[AccountView]:
        query = _ACCOUNTS.where(*_matches(wanted))
        if before is not None:
            query = query.where(profile.c.id < before)
        return [_view(row) for row in self._rows(query.order_by(profile.c.id.desc()).limit(limit))]

    def profile(self, profile_id: ProfileId) -> AccountView | None:
        rows = self._rows(_ACCOUNTS.where(profile.c.id == profile_id))
        return _view(rows[0]) if rows else None

    def id_of(self, username: str) -> ProfileId | None:
        query = select(profile.c.id).where(func.lower(profile.c.username) == username.lower())
        rows = self._rows(query)
        return ProfileId(rows[0].id) if rows else None

    def account_types(self) -> Sequence[AccountTypeView]:
        built_in_first = case((types.c.name.in_(BUILT_IN), 0), else_=1)
        query = select(types, _HOLDERS.label("holders")).order_by(built_in_first, types.c.name)
        return [
            AccountTypeView(**dict(row._mapping) | {"permissions": _allowed(row)})
            for row in self._rows(query)
        ]

    def grants(self, profile_id: ProfileId) -> Sequence[GrantView] | None:
        given = grants.c.profile_id == profile_id
        is_member = types.c.name == MEMBER
        query = (
            select(types.c.name, types.c.permissions, grants.c.granted_at, grants.c.granted_by)
            .select_from(types.outerjoin(grants, (grants.c.name == types.c.name) & given))
            .where(or_(is_member, grants.c.name.is_not(None)))
            .where(exists().where(profile.c.id == profile_id))
            .order_by(is_member.desc(), types.c.name)
        )
        rows = self._rows(query)
        return [GrantView(row.name, _allowed(row), *row[2:]) for row in rows] or None

    def audit(
        self, wanted: EntriesWanted, *, before: UUID | None, limit: int
    ) -> Sequence[AuditEntry]:
        return read_audit(self.reads, wanted, before=before, limit=limit)

    def _rows(self, query: Any) -> Sequence[Row[Any]]:
        with self.reads.connect() as connection:
            return connection.execute(query).all()


def _matches(wanted: ProfilesWanted) -> Iterator[ColumnElement[bool]]:
    if wanted.q is not None:
        columns = (profile.c.username, profile.c.fullName, profile.c.email)
        yield or_(*(column.icontains(wanted.q, autoescape=True) for column in columns))
    if wanted.active is not None:
        yield profile.c.active.is_(wanted.active)
    if wanted.account_type not in (None, MEMBER):
        yield exists().where(
            grants.c.profile_id == profile.c.id, grants.c.name == wanted.account_type
        )


def _view(row: Row[Any]) -> AccountView:
    return AccountView(own_view(row), [MEMBER, *row.types], row.deletes_at)


def _allowed(row: Row[Any]) -> frozenset[Permission]:
    return EVERY_PERMISSION if row.name == STAFF else known_permissions(row.permissions)
