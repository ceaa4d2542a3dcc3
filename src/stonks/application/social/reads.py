"""What anybody may read of who follows whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from stonks.application.social.ports import FollowReads, FollowView, Place
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId


@dataclass(frozen=True, slots=True)
class ListFollowers:
    """Who follows somebody, the latest first; raises ``NotFound`` (``unknown_profile``)."""

    reads: FollowReads

    def __call__(
        self, *, username: str, after: Place | None = None, limit: int
    ) -> Sequence[FollowView]:
        return self.reads.followers(_known(self.reads, username), after=after, limit=limit)


@dataclass(frozen=True, slots=True)
class ListFollowing:
    """Whom somebody follows, the latest first; raises ``NotFound`` (``unknown_profile``)."""

    reads: FollowReads

    def __call__(
        self, *, username: str, after: Place | None = None, limit: int
    ) -> Sequence[FollowView]:
        return self.reads.following(_known(self.reads, username), after=after, limit=limit)


def _known(reads: FollowReads, username: str) -> ProfileId:
    profile_id = reads.named(username)
    if profile_id is None:
        raise NotFound("unknown_profile", "nobody has this username")
    return profile_id
