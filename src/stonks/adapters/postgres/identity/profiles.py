"""Profiles and passwords on PostgreSQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, select
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.tables.identity import passwords, profile
from stonks.adapters.postgres.work import refusing
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.identity.profile import Profile
from stonks.domain.ids import ProfileId


def _username_taken() -> Conflict:
    return Conflict("username_taken", "this username is taken")


def _email_taken() -> Conflict:
    return Conflict("email_taken", "this e-mail address has an account already")


TAKEN = {
    "Profile_username_key": _username_taken,
    "Profile_username_folded_key": _username_taken,
    "Profile_email_key": _email_taken,
    "Profile_email_folded_key": _email_taken,
}


@dataclass(frozen=True, slots=True)
class PostgresProfiles:
    """``ProfileRepository`` on the table ``Profile``."""

    connection: Connection

    def add(self, entity: Profile) -> None:
        with refusing(TAKEN):
            self.connection.execute(insert(profile).values(_row(entity)))

    def lock(self, profile_id: ProfileId) -> Profile:
        return self._lock(profile.c.id == profile_id)

    def lock_named(self, username: str) -> Profile:
        return self._lock(func.lower(profile.c.username) == username.lower())

    def save(self, entity: Profile) -> None:
        change = profile.update().where(profile.c.id == entity.id).values(_row(entity))
        with refusing(TAKEN):
            self.connection.execute(change)

    def _lock(self, matches: ColumnElement[bool]) -> Profile:
        # not FOR UPDATE: rows that refer to a person may go on being written meanwhile
        query = select(profile).where(matches).with_for_update(key_share=True)
        row = self.connection.execute(query).one_or_none()
        if row is None:
            raise NotFound("unknown_profile", "nobody has this username")
        return profile_of(row)


@dataclass(frozen=True, slots=True)
class PostgresPasswordStore:
    """``PasswordRepository`` on the table ``passwords``."""

    connection: Connection

    def put(self, profile_id: ProfileId, hashed: str, at: datetime) -> None:
        new = {"hash": hashed, "changed_at": at}
        upsert = insert(passwords).values(profile_id=profile_id, **new)
        self.connection.execute(
            upsert.on_conflict_do_update(index_elements=["profile_id"], set_=new)
        )

    def is_still(self, profile_id: ProfileId, hashed: str) -> bool:
        query = select(passwords.c.hash).where(passwords.c.profile_id == profile_id)
        return self.connection.execute(query).scalar_one_or_none() == hashed


def _row(entity: Profile) -> Mapping[str, Any]:
    return {
        "id": entity.id,
        "fullName": entity.full_name,
        "username": entity.username,
        "email": entity.email,
        "avatar": entity.avatar,
        "active": entity.active,
        "createdAt": entity.created_at,
        "updatedAt": entity.updated_at,
    }


def profile_of(row: Row[Any]) -> Profile:
    return Profile(
        id=ProfileId(row.id),
        full_name=row.fullName,
        username=row.username,
        email=row.email,
        avatar=row.avatar,
        active=row.active,
        created_at=row.createdAt,
        updated_at=row.updatedAt,
    )
