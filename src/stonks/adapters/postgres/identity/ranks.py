"""What somebody's account types allow, as part of other selects on ``Profile``."""

from collections.abc import Sequence

from sqlalchemy import exists, func, or_, select

from stonks.adapters.postgres.tables.accounts import account_type_grants as grants
from stonks.adapters.postgres.tables.accounts import account_types as types
from stonks.adapters.postgres.tables.identity import profile
from stonks.domain.identity.account_type import MEMBER, STAFF
from stonks.domain.identity.permission import known_permissions
from stonks.domain.identity.rank import HIGHEST_RANK, Rank

_GIVEN = select(grants.c.name).where(grants.c.profile_id == profile.c.id).correlate(profile)
_NAMES_AND_PERMISSIONS = func.unnest(func.array_prepend(types.c.name, types.c.permissions))
_HELD = select(_NAMES_AND_PERMISSIONS).where(or_(types.c.name == MEMBER, types.c.name.in_(_GIVEN)))
IS_STAFF = exists(_GIVEN.where(grants.c.name == STAFF)).label("is_staff")
# one subquery for both, since each costs on every request; a permission is never called as a type
HELD = func.array(_HELD.correlate(profile).scalar_subquery()).label("held")


def rank_of(held: Sequence[str]) -> Rank:
    """Of what ``HELD`` selects."""
    return HIGHEST_RANK if STAFF in held else Rank(known_permissions(held))
