"""Account types on PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.identity.ranks import HELD, rank_of
from stonks.adapters.postgres.tables.accounts import account_type_grants as grants
from stonks.adapters.postgres.tables.accounts import account_types as types
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.work import refusing
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.account_type import AccountType, is_account_type
from stonks.domain.identity.permission import known_permissions
from stonks.domain.identity.rank import NO_RANK, Rank
from stonks.domain.ids import ProfileId


def _taken() -> Conflict:
    return Conflict("account_type_taken", "there is an account type of this name already")


@dataclass(frozen=True, slots=True)
class PostgresAccountTypes:
    """``AccountTypeRepository`` on ``account_types`` and ``account_type_grants``."""

    connection: Connection

    def add(self, account_type: AccountType) -> None:
        with refusing({"account_types_pkey": _taken}):
            self.connection.execute(insert(types).values(_row(account_type)))

    def lock(self, name: str) -> AccountType:
        query = select(types).where(types.c.name == name).with_for_update()
        # PostgreSQL cannot even be asked for some names
        row = self.connection.execute(query).one_or_none() if is_account_type(name) else None
        if row is None:
            raise NotFound("unknown_account_type", "there is no such account type")
        fields = dict(row._mapping) | {"permissions": known_permissions(row.permissions)}
        return AccountType(**fields)

    def save(self, account_type: AccountType) -> None:
        change = update(types).where(types.c.name == account_type.name)
        self.connection.execute(change.values(_row(account_type)))

    def remove(self, name: str) -> None:
        self.connection.execute(delete(types).where(types.c.name == name))

    def grant(self, profile_id: ProfileId, name: str, at: datetime, by: str) -> bool:
        row = {"profile_id": profile_id, "name": name, "granted_at": at, "granted_by": by}
        new = insert(grants).values(row).on_conflict_do_nothing()
        return bool(self.connection.execute(new.returning(grants.c.name)).one_or_none())

    def revoke(self, profile_id: ProfileId, name: str) -> bool:
        given = (grants.c.profile_id == profile_id, grants.c.name == name)
        gone = delete(grants).where(*given).returning(grants.c.name)
        return bool(self.connection.execute(gone).one_or_none())

    def rank(self, profile_id: ProfileId) -> Rank:
        query = select(HELD).select_from(profile)
        row = self.connection.execute(query.where(profile.c.id == profile_id)).one_or_none()
        return rank_of(row.held) if row else NO_RANK


def _row(account_type: AccountType) -> dict[str, object]:
    return {
        "name": account_type.name,
        "description": account_type.description,
        "permissions": sorted(account_type.permissions),
        "created_at": account_type.created_at,
        "created_by": account_type.created_by,
    }
