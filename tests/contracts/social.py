"""What every store of following promises."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from random import Random
from typing import Any

import pytest

from stonks.application.identity.ports import Following
from stonks.application.social.ports import FollowView, Place
from stonks.domain.errors import NotFound
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.events import Followed
from stonks.domain.social.follow import Follow
from tests.contracts.town import START, Town

LATER = START + timedelta(microseconds=7)


class SocialStoreContract:
    """``SocialWork`` and ``FollowReads``. Subclasses give ``town``, and read ``kept`` and
    ``published`` from the store itself.
    """

    def kept(self, town: Town) -> set[tuple[ProfileId, ProfileId]]:
        """Who follows whom."""
        raise NotImplementedError

    def published(self, town: Town) -> Sequence[object]:
        raise NotImplementedError

    def test_every_field_of_a_follow_comes_back(self, town: Town) -> None:
        ann, bob = town.person("ann"), town.person("bob")
        with town.container.begin_identity()() as work:
            for id_, avatar in ((ann, "avatars/ann"), (bob, "avatars/bob")):
                profile = work.profiles.lock(id_)
                profile.avatar = avatar
                work.profiles.save(profile)
        with town.container.begin_social()() as work:
            assert work.follows.add(Follow(ann, bob, Bell.NONE, LATER))
        reads = town.container.follow_reads()
        (follower,) = reads.followers(bob, after=None, limit=9)
        assert follower == FollowView(ann, "ann", "Ann", "avatars/ann", LATER)
        (followed,) = reads.following(ann, after=None, limit=9)
        assert followed == FollowView(bob, "bob", "Bob", "avatars/bob", LATER)
        assert town.container.follow_counts()(bob, ann).notify == "none"
        assert reads.followers(ann, after=None, limit=9) == []
        assert reads.following(bob, after=None, limit=9) == []

    def test_what_is_there_stays_as_it_is_and_goes_once(self, town: Town) -> None:
        ann, bob = town.person("ann"), town.person("bob")
        counts = town.container.follow_counts()
        with town.container.begin_social()() as work:
            assert work.follows.add(Follow(ann, bob, Bell.NONE, START))
            assert not work.follows.add(Follow(ann, bob, Bell.ALL, LATER))
        (view,) = town.container.follow_reads().followers(bob, after=None, limit=9)
        assert view.since == START
        assert counts(bob, ann) == Following(1, 0, "none")
        with town.container.begin_social()() as work:
            assert work.follows.remove(ann, bob)
            assert not work.follows.remove(ann, bob)
            assert not work.follows.remove(bob, ann)
        assert counts(bob, ann) == Following(0, 0)
        assert self.kept(town) == set()

    def test_a_bell_is_changed_and_nothing_else(self, town: Town) -> None:
        ann, bob, cy = town.person("ann"), town.person("bob"), town.person("cyrus")
        with town.container.begin_social()() as work:
            work.follows.add(Follow(ann, bob, Bell.ALL, START))
            work.follows.add(Follow(cy, bob, Bell.ALL, START))
            for _ in range(2):
                work.follows.ring(ann, bob, Bell.NONE)
            work.follows.ring(bob, ann, Bell.NONE)
        counts = town.container.follow_counts()
        assert counts(bob, ann) == Following(2, 0, "none")
        assert counts(bob, cy).notify == "all"
        assert self.kept(town) == {(ann, bob), (cy, bob)}
        (view,) = town.container.follow_reads().following(ann, after=None, limit=9)
        assert view.since == START

    def test_lists_are_the_latest_first_page_by_page(self, town: Town) -> None:
        host = town.person("host")
        people = [town.person(f"fan{number}") for number in range(7)]
        times = [START + timedelta(seconds=number // 3) for number in range(7)]
        with town.container.begin_social()() as work:
            for id_, since in zip(people, times, strict=True):
                work.follows.add(Follow(id_, host, Bell.ALL, since))
                work.follows.add(Follow(host, id_, Bell.ALL, since))
        latest = sorted(zip(times, people, strict=True), reverse=True)
        reads = town.container.follow_reads()
        for read in (reads.followers, reads.following):
            assert [(view.since, view.profile_id) for view in _pages(read, host, 2)] == latest
            assert _pages(read, host, 7) == _pages(read, host, 2)

    def test_who_is_inactive_is_in_no_list(self, town: Town) -> None:
        ann, bob, gone = town.person("ann"), town.person("bob"), town.person("gone")
        with town.container.begin_social()() as work:
            for follower, followed in ((ann, bob), (gone, bob), (bob, ann), (bob, gone)):
                work.follows.add(Follow(follower, followed, Bell.ALL, START))
        town.container.deactivate_profile()(actor=gone)
        reads = town.container.follow_reads()
        assert [view.username for view in reads.followers(bob, after=None, limit=9)] == ["ann"]
        assert [view.username for view in reads.following(bob, after=None, limit=9)] == ["ann"]

    def test_names_are_found_whatever_their_case_and_look_alikes_are_not(self, town: Town) -> None:
        ann, gone = town.person("ann"), town.person("gone", active=False)
        reads = town.container.follow_reads()
        assert reads.named("ANN") == ann
        with town.container.begin_social()() as work:
            assert work.people.named("Ann") == work.people.ever_named("aNN") == ann
            assert work.people.ever_named("Gone") == gone
            for name in ("nobody", "", "\u0430nn", "a\0nn", "%nn"):
                assert work.people.ever_named(name) is None
        for name in ("gone", "nobody", "", "\u0430nn", "a\0nn", "%nn"):
            assert reads.named(name) is None
            with town.container.begin_social()() as work, pytest.raises(NotFound) as refusal:
                work.people.named(name)
            assert refusal.value.code == "unknown_profile"
        assert gone != ann

    def test_what_was_published_leaves_with_the_commit_and_only_then(self, town: Town) -> None:
        ann, bob = town.person("ann"), town.person("bob")
        event = Followed(ann, bob, LATER)
        with suppress(ZeroDivisionError), town.container.begin_social()() as work:
            work.follows.add(Follow(ann, bob, Bell.ALL, LATER))
            work.publish(event)
            raise ZeroDivisionError
        assert self.published(town) == []
        assert self.kept(town) == set()
        assert town.container.follow_counts()(bob) == Following(0, 0)
        with town.container.begin_social()() as work:
            work.publish(event)
        assert self.published(town) == [event]

    def test_promise_g_counts_are_what_there_is_to_count(self, town: Town) -> None:
        """After whatever was done, and also after people were erased."""
        people, chance = [town.person(f"fan{number}") for number in range(6)], Random(7)
        for turn in range(60):
            follower, followed = chance.sample(people, 2)
            with town.container.begin_social()() as work:
                if chance.random() < 0.3:
                    work.follows.remove(follower, followed)
                else:
                    work.follows.add(Follow(follower, followed, Bell.ALL, START))
                    work.follows.ring(follower, followed, chance.choice([*Bell]))
            if turn in (30, 45):
                with town.container.begin_identity()() as work:
                    work.deletions.erase(people[turn % 4])
            self.must_be_right(town, people)
        assert self.kept(town)

    def must_be_right(self, town: Town, people: Sequence[ProfileId]) -> None:
        kept, counts = self.kept(town), town.container.follow_counts()
        for id_ in people:
            followers = sum(followed == id_ for _, followed in kept)
            following = sum(follower == id_ for follower, _ in kept)
            assert counts(id_) == Following(followers, following)

    def test_who_is_erased_follows_and_is_followed_no_more(self, town: Town) -> None:
        ann, bob, cy = town.person("ann"), town.person("bob"), town.person("cyrus")
        with town.container.begin_social()() as work:
            for follower, followed in ((ann, bob), (bob, ann), (cy, bob)):
                work.follows.add(Follow(follower, followed, Bell.ALL, START))
        with town.container.begin_identity()() as work:
            work.deletions.erase(ann)
        assert self.kept(town) == {(cy, bob)}
        self.must_be_right(town, [ann, bob, cy])


def _pages(read: Any, of: ProfileId, limit: int) -> list[FollowView]:
    found: list[FollowView] = []
    after: Place | None = None
    while page := read(of, after=after, limit=limit):
        assert len(page) <= limit
        found += page
        after = page[-1].since, page[-1].profile_id
    return found
