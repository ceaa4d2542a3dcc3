"""Who follows whom, in memory: the answer until following is there, and for tests."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from stonks.domain.ids import ProfileId


@dataclass(slots=True)
class MemoryFollows:
    """``Follows``: since when (follower, followed)."""

    since_when: dict[tuple[ProfileId, ProfileId], datetime] = field(default_factory=dict)

    def since(
        self, followers: Collection[ProfileId], of: ProfileId
    ) -> Mapping[ProfileId, datetime]:
        return {
            follower: self.since_when[follower, of]
            for follower in followers
            if (follower, of) in self.since_when
        }
