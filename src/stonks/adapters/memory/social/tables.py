"""The rows of following."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from stonks.adapters.memory.database import Database, Table
from stonks.domain.ids import ProfileId
from stonks.domain.social.follow import Follow

FollowKey = tuple[ProfileId, ProfileId]
"""Who is followed, and who follows."""


@dataclass(slots=True)
class SocialTables:
    """Who follows whom; how many do is counted when it is asked."""

    database: Database
    follows: Table[FollowKey, Follow] = field(init=False)

    def __post_init__(self) -> None:
        self.follows = Table(self.database)

    def followers_of(self, profile_id: ProfileId) -> Sequence[ProfileId]:
        return [key[1] for key in self.follows.keys(lambda key: key[0] == profile_id)]

    def followed_by(self, profile_id: ProfileId) -> Sequence[ProfileId]:
        return [key[0] for key in self.follows.keys(lambda key: key[1] == profile_id)]
