"""Counts that a profile shows, in memory."""

from dataclasses import dataclass

from stonks.adapters.memory.channels.tables import ChannelTables
from stonks.adapters.memory.social.tables import SocialTables
from stonks.application.identity.ports import Following
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryFollowCounts:
    """``FollowCounts`` on the tables of following."""

    tables: SocialTables

    def __call__(self, profile_id: ProfileId, viewer: ProfileId | None = None) -> Following:
        followers = len(self.tables.followers_of(profile_id))
        following = len(self.tables.followed_by(profile_id))
        follow = self.tables.follows.get((profile_id, viewer)) if viewer else None
        return Following(followers, following, follow.bell.value if follow else None)


@dataclass(frozen=True, slots=True)
class MemoryChannelCount:
    """``ChannelCount`` on the tables of channels."""

    tables: ChannelTables

    def __call__(self, host_id: ProfileId) -> int:
        return len(self.tables.channels.where(lambda row: row.host_id == host_id))
