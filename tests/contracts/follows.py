"""What following answers to the chat and to identity, on every store."""

from datetime import timedelta

from stonks.adapters.clock import new_id
from stonks.application.identity.ports import Following
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow
from tests.contracts.town import START, Town


class FollowsContract:
    """The chat's ``Follows``. Inherited with a fixture ``town``."""

    def test_each_follower_is_told_with_their_own_time(self, town: Town) -> None:
        host, other, ann, bob, cy = map(town.person, ("host", "other", "ann", "bob", "cyrus"))
        later = START + timedelta(microseconds=1)
        with town.container.begin_social()() as work:
            for follower, followed, since in [
                *((ann, host, START), (bob, host, later)),
                *((cy, other, START), (host, cy, START)),
            ]:
                assert work.follows.add(Follow(follower, followed, Bell.NONE, since))
        follows = town.container.follows()
        assert follows.since([ann, bob, cy, ProfileId(new_id())], host) == {ann: START, bob: later}
        assert follows.since([cy, host], cy) == {host: START}
        assert follows.since([], host) == {}
        with town.container.begin_social()() as work:
            work.follows.remove(ann, host)
        assert follows.since([ann, bob], host) == {bob: later}


class FollowCountsContract:
    """Identity's ``FollowCounts``. Inherited with a fixture ``town``."""

    def test_each_has_their_own_counts_and_who_is_alone_none(self, town: Town) -> None:
        ann, bob, cy, alone = map(town.person, ("ann", "bob", "cyrus", "alone"))
        with town.container.begin_social()() as work:
            for follower, followed in ((ann, bob), (cy, bob), (bob, cy)):
                work.follows.add(Follow(follower, followed, Bell.ALL, START))
        counts = town.container.follow_counts()
        assert counts(bob) == Following(followers=2, following=1)
        assert counts(ann) == Following(followers=0, following=1)
        assert counts(alone) == Following(followers=0, following=0)
        assert counts(ProfileId(new_id())) == Following(followers=0, following=0)

    def test_who_looks_is_told_their_own_bell(self, town: Town) -> None:
        ann, bob, cy = map(town.person, ("ann", "bob", "cyrus"))
        with town.container.begin_social()() as work:
            work.follows.add(Follow(ann, bob, Bell.NONE, START))
            work.follows.add(Follow(cy, bob, Bell.ALL, START))
        counts = town.container.follow_counts()
        assert [counts(bob, viewer).notify for viewer in (ann, cy, bob)] == ["none", "all", None]
        assert counts(ann, bob) == Following(0, 1)
        assert counts(bob) == Following(2, 0)
