"""Lists of who follows whom, in memory."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.social.tables import FollowKey, SocialTables
from stonks.application.social.ports import FollowView, Place
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class MemoryFollowReads:
    """``FollowReads``."""

    tables: SocialTables
    identity: IdentityTables

    def named(self, username: str) -> ProfileId | None:
        profile = self.identity.named(username)
        return profile.id if profile and profile.active else None

    def followers(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        keys = [(profile_id, other) for other in self.tables.followers_of(profile_id)]
        return _page((view for key in keys for view in self._view(key, key[1])), after, limit)

    def following(
        self, profile_id: ProfileId, *, after: Place | None, limit: int
    ) -> Sequence[FollowView]:
        keys = [(other, profile_id) for other in self.tables.followed_by(profile_id)]
        return _page((view for key in keys for view in self._view(key, key[0])), after, limit)

    def _view(self, key: FollowKey, shown: ProfileId) -> Iterator[FollowView]:
        follow, person = self.tables.follows.get(key), self.identity.active(shown)
        if follow is not None and person is not None:
            named = person.id, person.username, person.full_name, person.avatar
            yield FollowView(*named, follow.since)


def _page(views: Iterator[FollowView], after: Place | None, limit: int) -> Sequence[FollowView]:
    latest = sorted(views, key=_place, reverse=True)
    return [view for view in latest if after is None or _place(view) < after][:limit]


def _place(view: FollowView) -> Place:
    return view.since, view.profile_id
