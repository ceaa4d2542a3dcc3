"""People as those know them who follow, from the tables of identity."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, func, select

from stonks.adapters.postgres.tables.identity import profile
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresPeopleToFollow:
    """``People``."""

    connection: Connection

    def named(self, username: str) -> ProfileId:
        profile_id = active_named(self.connection, username)
        if profile_id is None:
            raise NotFound("unknown_profile", "nobody has this username")
        return profile_id

    def ever_named(self, username: str) -> ProfileId | None:
        return _named(self.connection, username)


def active_named(connection: Connection, username: str) -> ProfileId | None:
    return _named(connection, username, profile.c.active)


def _named(
    connection: Connection, username: str, *conditions: ColumnElement[bool]
) -> ProfileId | None:
    if not username.isascii() or "\0" in username:  # PostgreSQL cannot even be asked for NUL
        return None
    wanted = func.lower(profile.c.username) == username.lower()
    found = connection.scalar(select(profile.c.id).where(wanted, *conditions))
    return ProfileId(found) if found else None
