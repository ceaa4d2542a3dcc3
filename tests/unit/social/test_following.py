"""Who may follow whom, and who hears of it."""

from datetime import timedelta

import pytest

from stonks.adapters.outbox.writing import read
from stonks.domain.errors import Forbidden, NotFound, Refusal
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.events import Followed
from stonks.domain.social.follow import follow
from tests.contracts.town import START, Town


def published(town: Town) -> list[object]:
    return [*map(read, town.container.outbox_tables().events.items.where(lambda _: True))]


def bell(town: Town, follower: ProfileId, followed: ProfileId) -> str | None:
    notify: str | None = town.container.follow_counts()(followed, follower).notify
    return notify


def test_to_follow_is_to_have_begun_at_a_time_and_to_say_so(town: Town) -> None:
    ann, bob = town.person("ann"), town.person("bob")
    new, followed = follow(ann, bob, bell=Bell.NONE, at=START)
    assert (new.follower_id, new.followed_id, new.bell, new.since) == (ann, bob, Bell.NONE, START)
    assert followed == Followed(ann, bob, START)


def test_again_is_no_news_and_changes_the_bell_at_most(town: Town) -> None:
    ann, bob = town.person("ann"), town.person("bob")
    start = town.container.follow_profile()
    assert start(actor=ann, username="BOB")
    assert bell(town, ann, bob) == "all"
    town.clock.pass_(minutes=1)
    assert not start(actor=ann, username="bob", bell=Bell.NONE)
    assert bell(town, ann, bob) == "none"
    assert not start(actor=ann, username="bob")
    assert bell(town, ann, bob) == "none"
    (view,) = town.container.list_followers()(username="bob", limit=9)
    assert view.since == START
    assert published(town) == [Followed(ann, bob, START)]


def test_whoever_comes_back_is_news_and_begins_anew(town: Town) -> None:
    ann, bob = town.person("ann"), town.person("bob")
    start, stop = town.container.follow_profile(), town.container.unfollow_profile()
    start(actor=ann, username="bob", bell=Bell.NONE)
    assert stop(actor=ann, username="Bob")
    assert not stop(actor=ann, username="bob")
    town.clock.pass_(minutes=1)
    assert start(actor=ann, username="bob")
    assert bell(town, ann, bob) == "all"
    later = START + timedelta(minutes=1)
    assert published(town) == [Followed(ann, bob, START), Followed(ann, bob, later)]


def test_nobody_follows_themselves(town: Town) -> None:
    ann = town.person("ann")
    with pytest.raises(Forbidden) as refusal:
        town.container.follow_profile()(actor=ann, username="ANN")
    assert refusal.value.code == "not_yourself"
    assert published(town) == []
    assert town.container.list_followers()(username="ann", limit=9) == []


@pytest.mark.parametrize("username", ["nobody", "gone", "b\u043eb", ""])
def test_who_is_unknown_or_inactive_is_not_found(town: Town, username: str) -> None:
    ann, bob, gone = town.person("ann"), town.person("bob"), town.person("gone")
    town.container.follow_profile()(actor=bob, username="gone")
    town.container.deactivate_profile()(actor=gone)
    before = published(town)
    box = town.container
    for ask in (
        lambda: box.follow_profile()(actor=ann, username=username),
        lambda: box.unfollow_profile()(actor=ann, username=username),
        lambda: box.list_followers()(username=username, limit=9),
        lambda: box.list_following()(username=username, limit=9),
    ):
        with pytest.raises(NotFound) as refusal:
            ask()
        assert refusal.value.code == "unknown_profile"
    assert published(town) == before


def test_who_followed_somebody_inactive_may_leave_them_once(town: Town) -> None:
    ann, gone = town.person("ann"), town.person("gone")
    town.container.follow_profile()(actor=ann, username="gone")
    town.container.deactivate_profile()(actor=gone)
    assert town.container.unfollow_profile()(actor=ann, username="GONE")
    assert town.container.follow_counts()(ann).following == 0
    with pytest.raises(NotFound) as refusal:
        town.container.unfollow_profile()(actor=ann, username="gone")
    assert refusal.value.code == "unknown_profile"


def test_who_comes_back_still_follows_and_is_followed(town: Town) -> None:
    ann, bob = town.person("ann"), town.person("bob")
    town.container.follow_profile()(actor=ann, username="bob")
    for active in (False, True):
        with town.container.begin_identity()() as work:
            profile = work.profiles.lock(ann)
            profile.active = active
            work.profiles.save(profile)
        shown = town.container.list_followers()(username="bob", limit=9)
        assert [view.username for view in shown] == (["ann"] if active else [])
    assert town.container.follow_counts()(bob).followers == 1


def test_abuse_who_follows_in_floods_is_slowed_down_and_others_are_not(town: Town) -> None:
    ann, bob = town.person("ann"), town.person("bob")
    town.person("cyrus")
    start = town.container.follow_profile()
    for _ in range(60):
        start(actor=ann, username="bob")
    with pytest.raises(Refusal) as refusal:
        start(actor=ann, username="cyrus")
    assert refusal.value.code == "too_many_follows"
    assert town.container.list_followers()(username="cyrus", limit=9) == []
    assert start(actor=bob, username="cyrus")
    assert town.container.unfollow_profile()(actor=ann, username="bob")
