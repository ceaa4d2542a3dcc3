"""Since when somebody follows, as the chat asks it, on PostgreSQL."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from stonks.adapters.postgres.tables.social import follows
from stonks.adapters.postgres.work import Reads
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class PostgresFollows:
    """``Follows`` on the table ``follows`` of the primary."""

    reads: Reads

    def since(
        self, followers: Collection[ProfileId], of: ProfileId
    ) -> Mapping[ProfileId, datetime]:
        query = select(follows.c.follower_id, follows.c.since).where(
            follows.c.followed_id == of, follows.c.follower_id.in_(list(followers))
        )
        if not followers:
            return {}
        with self.reads.connect() as connection:
            return {ProfileId(id_): since for id_, since in connection.execute(query)}
