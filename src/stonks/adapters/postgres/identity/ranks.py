"""What somebody's account types allow, as part of other selects on ``Profile``."""

from typing import Any

from sqlalchemy import exists, func, or_, select

from stonks.adapters.postgres.tables.accounts import account_type_grants as grants
from stonks.adapters.postgres.tables.accounts import account_types as types
from stonks.adapters.postgres.tables.identity import profile
from stonks.domain.identity.account_type import MEMBER, STAFF
from stonks.domain.identity.permission import EVERY_PERMISSION, Permission, known_permissions
from stonks.domain.identity.rank import HIGHEST_RANK, Rank

_GIVEN = select(grants.c.name).where(grants.c.profile_id == profile.c.id).correlate(profile)
_ALLOWED = select(func.unnest(types.c.permissions)).where(
    or_(types.c.name == MEMBER, types.c.name.in_(_GIVEN))
)
IS_STAFF = exists(_GIVEN.where(grants.c.name == STAFF)).label("is_staff")
PERMISSIONS = func.array(_ALLOWED.correlate(profile).scalar_subquery()).label("permissions")


def permissions_of(row: Any) -> frozenset[Permission]:
    """Of a row with ``IS_STAFF`` and ``PERMISSIONS``."""
    return EVERY_PERMISSION if row.is_staff else known_permissions(row.permissions)


def rank_of(row: Any) -> Rank:
    return HIGHEST_RANK if row.is_staff else Rank(permissions_of(row))
