"""Lists of who follows whom, on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select, tuple_

from stonks.adapters.postgres.social.people import active_named
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.tables.social import follows
from stonks.adapters.postgres.work import Reads
from stonks.application.social.ports import FollowView, Place
from stonks.domain.ids import ProfileId

VIEW = (
    profile.c.id,
    profile.c.username,
    profile.c.fullName,
    profile.c.avatar,
    follows.c.since,
)


@dataclass(frozen=True, slots=True)
class PostgresFollowReads:
    """``FollowReads``, each one select on the primary."""

    reads: Reads

    def named(self, username: str) -> ProfileId | None:
        with self.reads.connect() as connection:
            return active_named(connection, username)

    def followers(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        theirs = follows.c.followed_id == profile_id
        return self._page(theirs, follows.c.follower_id, after, limit)

    def following(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        theirs = follows.c.follower_id == profile_id
        return self._page(theirs, follows.c.followed_id, after, limit)

    def _page(
        self, theirs: ColumnElement[bool], shown: Any, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        query = select(*VIEW).join_from(follows, profile, shown == profile.c.id)
        query = query.where(theirs, profile.c.active)
        if after is not None:
            query = query.where(tuple_(follows.c.since, shown) < after)
        latest = query.order_by(follows.c.since.desc(), shown.desc()).limit(limit)
        with self.reads.connect() as connection:
            return [FollowView(*row) for row in connection.execute(latest)]
