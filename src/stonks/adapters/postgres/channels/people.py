"""People as channels know them, from the tables of identity."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from stonks.adapters.postgres.identity.ranks import HELD, rank_of
from stonks.adapters.postgres.tables.identity import profile
from stonks.application.channels.ports import Person
from stonks.domain.errors import NotFound
from stonks.domain.identity.permission import Permission
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresPeople:
    """``People``."""

    connection: Connection

    def get(self, profile_id: ProfileId) -> Person:
        return self._one(profile.c.id == profile_id)

    def named(self, username: str) -> Person:
        if not username.isascii() or "\0" in username:  # PostgreSQL cannot even be asked for NUL
            raise _unknown()
        return self._one(func.lower(profile.c.username) == username.lower())

    def _one(self, this: ColumnElement[Any]) -> Person:
        columns = profile.c.id, profile.c.username, HELD
        wanted = select(*columns).where(this, profile.c.active)
        row = self.connection.execute(wanted).first()
        if row is None:
            raise _unknown()
        rank = rank_of(row.held)
        may_open = rank.may(Permission.OPEN_CHANNELS)
        return Person(row.id, row.username, rank.is_staff, may_open)


def _unknown() -> NotFound:
    return NotFound("unknown_profile", "there is nobody of this name")
