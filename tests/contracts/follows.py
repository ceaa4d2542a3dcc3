"""What every ``Follows`` and every ``FollowCounts`` promise."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import uuid4

from stonks.application.chat.ports import Follows
from stonks.application.identity.ports import FollowCounts, Following
from stonks.domain.ids import ProfileId
from tests.contracts.town import START

MakeFollows = Callable[[Mapping[tuple[ProfileId, ProfileId], datetime]], Follows]
"""One that knows since when (follower, followed)."""
MakeCounts = Callable[[Mapping[ProfileId, Following]], FollowCounts]
"""One that knows these counts."""


class FollowsContract:
    """Inherited with a fixture ``make_follows``."""

    def test_each_follower_is_told_with_their_own_time(self, make_follows: MakeFollows) -> None:
        host, other, ann, bob, cy = (ProfileId(uuid4()) for _ in range(5))
        later = START + timedelta(microseconds=1)
        follows = make_follows(
            {(ann, host): START, (bob, host): later, (cy, other): START, (host, cy): START}
        )
        assert follows.since([ann, bob, cy, ProfileId(uuid4())], host) == {ann: START, bob: later}
        assert follows.since([cy, host], cy) == {host: START}
        assert follows.since([], host) == {}


class FollowCountsContract:
    """Inherited with a fixture ``make_counts``."""

    def test_each_has_their_own_counts_and_who_is_alone_none(self, make_counts: MakeCounts) -> None:
        ann, bob, alone = (ProfileId(uuid4()) for _ in range(3))
        counts = make_counts({ann: Following(2, 1), bob: Following(0, 3)})
        assert counts(ann) == Following(followers=2, following=1)
        assert counts(bob) == Following(followers=0, following=3)
        assert counts(alone) == Following(followers=0, following=0)
