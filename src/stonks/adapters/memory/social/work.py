"""One unit of work of following in memory."""

from dataclasses import dataclass

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.outbox.tables import MemoryPublish
from stonks.adapters.memory.social.tables import SocialTables
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow


@dataclass(frozen=True, slots=True)
class MemoryFollowStore:
    """``FollowRepository``."""

    tables: SocialTables

    def add(self, follow: Follow) -> bool:
        key = (follow.followed_id, follow.follower_id)
        if self.tables.follows.get(key) is not None:
            return False
        self.tables.follows.put(key, follow)
        return True

    def ring(self, follower_id: ProfileId, followed_id: ProfileId, bell: Bell) -> None:
        follow = self.tables.follows.get((followed_id, follower_id))
        if follow is not None:
            follow.bell = bell
            self.tables.follows.put((followed_id, follower_id), follow)

    def remove(self, follower_id: ProfileId, followed_id: ProfileId) -> bool:
        return self.tables.follows.remove((followed_id, follower_id))


@dataclass(frozen=True, slots=True)
class MemoryPeopleToFollow:
    """``People`` from the tables of identity."""

    tables: IdentityTables

    def named(self, username: str) -> ProfileId:
        profile = self.tables.named(username)
        if profile is None or not profile.active:
            raise NotFound("unknown_profile", "nobody has this username")
        return profile.id

    def ever_named(self, username: str) -> ProfileId | None:
        profile = self.tables.named(username)
        return profile.id if profile else None


@dataclass(frozen=True, slots=True)
class MemorySocialWork:
    """``SocialWork``."""

    follows: MemoryFollowStore
    people: MemoryPeopleToFollow
    publish: MemoryPublish
