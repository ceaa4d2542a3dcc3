"""One unit of work of following on PostgreSQL."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, update
from sqlalchemy.dialects.postgresql import insert

from stonks.adapters.postgres.outbox.publishing import PostgresPublish
from stonks.adapters.postgres.social.people import PostgresPeopleToFollow
from stonks.adapters.postgres.tables.social import follows
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow


@dataclass(frozen=True, slots=True)
class PostgresFollowStore:
    """``FollowRepository``; a trigger counts (``docs/adr/0020-follow-counts-by-trigger.md``)."""

    connection: Connection

    def add(self, follow: Follow) -> bool:
        row = {
            "followed_id": follow.followed_id,
            "follower_id": follow.follower_id,
            "bell": follow.bell.value,
            "since": follow.since,
        }
        statement = insert(follows).values(row).on_conflict_do_nothing()
        return self.connection.execute(statement).rowcount == 1

    def ring(self, follower_id: ProfileId, followed_id: ProfileId, bell: Bell) -> None:
        this = _this(follower_id, followed_id)
        other = follows.c.bell != bell.value  # what is so already is not written again
        self.connection.execute(update(follows).where(*this, other).values(bell=bell.value))

    def remove(self, follower_id: ProfileId, followed_id: ProfileId) -> bool:
        statement = delete(follows).where(*_this(follower_id, followed_id))
        return self.connection.execute(statement).rowcount == 1


def _this(follower_id: ProfileId, followed_id: ProfileId) -> tuple[Any, Any]:
    return follows.c.followed_id == followed_id, follows.c.follower_id == follower_id


@dataclass(frozen=True, slots=True)
class PostgresSocialWork:
    """``SocialWork``."""

    follows: PostgresFollowStore
    people: PostgresPeopleToFollow
    publish: PostgresPublish

    @classmethod
    def on(cls, connection: Connection) -> "PostgresSocialWork":
        return cls(
            PostgresFollowStore(connection),
            PostgresPeopleToFollow(connection),
            PostgresPublish(connection),
        )
