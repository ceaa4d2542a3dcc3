"""Counts that a profile shows, on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import and_, func, select

from stonks.adapters.postgres.tables.channels import channels
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.tables.social import follow_counts, follows
from stonks.adapters.postgres.work import Reads
from stonks.application.identity.ports import Following
from stonks.domain.ids import ProfileId

_COUNTS = select(
    func.coalesce(follow_counts.c.followers, 0),
    func.coalesce(follow_counts.c.following, 0),
    follows.c.bell,
)


@dataclass(frozen=True, slots=True)
class PostgresFollowCounts:
    """``FollowCounts`` on ``follow_counts``, which a trigger on ``follows`` keeps."""

    reads: Reads

    def __call__(self, profile_id: ProfileId, viewer: ProfileId | None = None) -> Following:
        is_theirs = and_(follows.c.followed_id == profile.c.id, follows.c.follower_id == viewer)
        table = profile.outerjoin(follow_counts).outerjoin(follows, is_theirs)
        query = _COUNTS.select_from(table).where(profile.c.id == profile_id)
        with self.reads.connect() as connection:
            row = connection.execute(query).one_or_none()
        return Following(*row) if row else Following(0, 0)


@dataclass(frozen=True, slots=True)
class PostgresChannelCount:
    """``ChannelCount`` on the table ``channels``."""

    reads: Reads

    def __call__(self, host_id: ProfileId) -> int:
        query = select(func.count()).where(channels.c.host_id == host_id)
        with self.reads.connect() as connection:
            return connection.execute(query).scalar_one()
