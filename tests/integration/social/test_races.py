"""Many who follow each other at the same moment, on PostgreSQL."""

from collections.abc import Callable, Sequence
from functools import partial
from random import Random

import pytest
from dependency_injector import providers
from sqlalchemy import func, select

from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.tables.outbox import outbox
from stonks.adapters.postgres.tables.social import follow_counts, follows
from stonks.application.identity.ports import Following
from stonks.domain.ids import ProfileId
from stonks.domain.social.bell import Bell
from stonks.domain.social.follow import Follow
from tests.contracts.identity_races import at_once
from tests.contracts.town import Town

THREADS = 8


@pytest.fixture
def people(town: Town) -> Sequence[ProfileId]:
    town.container.follow_pace.override(providers.Object(lambda _: None))
    return [town.person(f"fan{number}") for number in range(THREADS)]


def wrong_counts(town: Town) -> int:
    """How many people's counts are not what there is to count."""
    followers = select(func.count()).where(follows.c.followed_id == profile.c.id)
    following = select(func.count()).where(follows.c.follower_id == profile.c.id)
    wrong = (
        select(func.count())
        .select_from(profile.outerjoin(follow_counts))
        .where(
            (func.coalesce(follow_counts.c.followers, 0) != followers.scalar_subquery())
            | (func.coalesce(follow_counts.c.following, 0) != following.scalar_subquery())
        )
    )
    with town.container.engine().connect() as connection:
        return connection.execute(wrong).scalar_one()


def test_promise_g_eight_threads_of_mutual_follows_meet_no_deadlock(
    town: Town, people: Sequence[ProfileId], times: Callable[[int], int]
) -> None:
    follow = town.container.follow_profile()
    unfollow = town.container.unfollow_profile()
    news: list[bool] = []

    def whirl(number: int) -> None:
        chance = Random(number)
        for _ in range(times(100)):
            one, other = chance.sample(range(THREADS), 2)
            if chance.random() < 0.6:
                news.append(follow(actor=people[one], username=f"fan{other}"))
            else:
                unfollow(actor=people[one], username=f"fan{other}")

    whirling = [partial(whirl, number) for number in range(THREADS)]
    assert at_once(*whirling) == [None] * THREADS  # a deadlock would be a refusal
    assert wrong_counts(town) == 0
    with town.container.engine().connect() as connection:
        published = connection.scalar(select(func.count()).select_from(outbox))
    assert published == sum(news)


def test_two_who_follow_each_other_at_once_both_do(
    town: Town, people: Sequence[ProfileId], times: Callable[[int], int]
) -> None:
    follow = town.container.follow_profile()
    unfollow = town.container.unfollow_profile()
    for _ in range(times(20)):
        there = at_once(
            lambda: follow(actor=people[0], username="fan1"),
            lambda: follow(actor=people[1], username="fan0"),
        )
        back = at_once(
            lambda: unfollow(actor=people[0], username="fan1"),
            lambda: unfollow(actor=people[1], username="fan0"),
        )
        assert there + back == [True] * 4


def test_eight_times_at_once_is_once(town: Town, people: Sequence[ProfileId]) -> None:
    follow = town.container.follow_profile()
    answers = at_once(*[lambda: follow(actor=people[0], username="fan1")] * THREADS)
    assert sorted(map(str, answers)) == ["False"] * (THREADS - 1) + ["True"]
    assert town.container.follow_counts()(people[1]).followers == 1


def test_somebody_is_erased_while_their_followers_follow_each_other(
    town: Town, people: Sequence[ProfileId], times: Callable[[int], int]
) -> None:
    gone, *others = people
    box = town.container

    def whirl(number: int) -> None:
        chance = Random(number)
        for _ in range(times(40)):
            one, other = chance.sample(range(1, THREADS), 2)
            box.follow_profile()(actor=people[one], username=f"fan{other}")
            box.unfollow_profile()(actor=people[one], username=f"fan{other}")

    def erase() -> None:
        for _ in range(times(20)):
            with box.begin_social()() as work:
                for number, other in enumerate(others):
                    pair = (gone, other) if number < THREADS / 2 else (other, gone)
                    work.follows.add(Follow(*pair, Bell.ALL, town.clock()))
            with box.begin_identity()() as work:
                work.deletions.erase(gone)

    whirling = [partial(whirl, number) for number in range(1, THREADS)]
    assert at_once(erase, *whirling) == [None] * THREADS
    assert wrong_counts(town) == 0
    assert box.follow_counts()(gone) == Following(0, 0)
