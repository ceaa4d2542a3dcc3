"""Who is told of what somebody does."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.adapters.memory.social.tables import SocialTables
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell


@dataclass(frozen=True, slots=True)
class MemoryAudience:
    """``Audience``: followers with an open bell."""

    tables: SocialTables

    def __call__(self, profile_id: ProfileId) -> Sequence[ProfileId]:
        found = self.tables.follows.where(
            lambda row: row.followed_id == profile_id and row.bell is Bell.ALL
        )
        return sorted(row.follower_id for row in found)
