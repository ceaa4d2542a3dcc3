"""Who is online, on a real Redis, and what becomes of it when Redis forgets or goes away."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from redis import Redis
from redis import TimeoutError as RedisTimeoutError
from redis.client import Pipeline

from stonks.adapters.clock import now
from stonks.adapters.redis.people_online import RedisPeopleOnline
from stonks.application.presence.ports import PeopleOnline
from stonks.domain.presence.beat import SETTLES
from tests.contracts.people_online import (
    HERE,
    THERE,
    LetPass,
    MakePeopleOnline,
    PeopleOnlineContract,
    crowd,
    unknown,
)
from tests.contracts.town import SteppingClock

KEYS = "stonks:{online}:*"


@pytest.fixture
def redis(redis_url: str) -> Iterator[Redis]:
    with Redis.from_url(redis_url) as redis:
        redis.flushdb()
        yield redis


@pytest.fixture
def clock() -> SteppingClock:
    return SteppingClock()


@pytest.fixture
def let_pass(redis: Redis, clock: SteppingClock) -> LetPass:
    """Redis keeps time, too: whatever ends, ends sooner."""

    def pass_(seconds: float) -> None:
        clock.pass_(seconds=seconds)
        for key in redis.scan_iter(KEYS):
            if (left := redis.pttl(key)) > 0:
                redis.pexpire(key, int(left - 1000 * seconds))

    return pass_


@pytest.fixture
def make_online(redis: Redis, clock: SteppingClock, let_pass: LetPass) -> MakePeopleOnline:
    RedisPeopleOnline(redis, "another", clock).beat(set())
    let_pass(SETTLES)
    return lambda process: RedisPeopleOnline(redis, process, clock)


def counted(redis: Redis, command: str) -> int:
    """How often a command was run."""
    stats = redis.info("commandstats").get(f"cmdstat_{command}", {})
    return int(stats.get("calls", 0))


class TestRedisPeopleOnline(PeopleOnlineContract):
    pass


def test_what_redis_forgot_is_said_again_and_known_once_all_had_time_to(
    redis: Redis, make_online: MakePeopleOnline, let_pass: LetPass
) -> None:
    one, two, people = make_online("one"), make_online("two"), crowd(3)
    one.beat(people)
    two.beat({HERE})
    redis.flushdb()
    assert unknown(one)
    one.beat(people)
    assert unknown(one)
    let_pass(SETTLES / 2)
    two.beat({HERE})
    assert unknown(one)
    let_pass(SETTLES / 2)
    assert one.online({HERE, *people}) == {HERE, *people}


def test_a_clock_that_is_ahead_keeps_nobody_from_knowing(
    redis: Redis, make_online: MakePeopleOnline, clock: SteppingClock
) -> None:
    redis.flushdb()
    ahead = SteppingClock(clock() + timedelta(hours=1))
    RedisPeopleOnline(redis, "ahead", ahead).beat({HERE})
    assert make_online("one").online([HERE]) == {HERE}


def test_what_redis_forgot_in_part_is_said_again(
    redis: Redis, make_online: MakePeopleOnline
) -> None:
    one, people = make_online("one"), crowd(3)
    one.beat(people)
    redis.srem("stonks:{online}:of:one", next(iter(people)).bytes)
    one.beat(people | {HERE})
    assert one.online({HERE, *people}) == {HERE, *people}


def test_a_beat_says_only_what_changed(redis: Redis, make_online: MakePeopleOnline) -> None:
    one, people = make_online("one"), crowd(5000)
    one.beat(people)
    redis.config_resetstat()
    one.beat({*people, HERE} - {next(iter(people))})
    one.beat({*people, HERE} - {next(iter(people))})
    assert (counted(redis, "sadd"), counted(redis, "srem"), counted(redis, "del")) == (1, 1, 0)


def test_nothing_stays_of_processes_that_died(
    redis: Redis, make_online: MakePeopleOnline, clock: SteppingClock
) -> None:
    one = make_online("one")
    one.beat({HERE})
    one.beat({HERE, THERE})
    one.online([HERE])
    assert [*redis.scan_iter("stonks:{online}:asked:*")] == []
    assert [key for key in redis.scan_iter(KEYS) if redis.ttl(key) < 0] == []
    redis.zadd("stonks:{online}:processes", {"long over": clock().timestamp() - 4000})
    one.beat({HERE})
    assert redis.zrange("stonks:{online}:processes", 0, -1) == [b"another", b"one"]


def test_all_keys_have_one_slot(redis: Redis, make_online: MakePeopleOnline) -> None:
    make_online(uuid4().hex).beat({HERE})
    keys = [*redis.scan_iter("*")]
    assert len(keys) == 4
    assert all(b"{online}" in key for key in keys)


def test_without_redis_beats_are_lost_and_nobody_knows() -> None:
    away = Redis.from_url("redis://127.0.0.1:1/0")
    one: PeopleOnline = RedisPeopleOnline(away, "one", now)
    one.beat({HERE})
    assert unknown(one)


class LatePipeline(Pipeline):
    """Does what it should, and answers when nobody waits any more."""

    def execute(self, raise_on_error: bool = True) -> list[Any]:
        super().execute(raise_on_error)
        raise RedisTimeoutError


class LateRedis(Redis):
    def pipeline(self, transaction: bool = True, shard_hint: Any = None) -> Pipeline:
        return LatePipeline(self.connection_pool, self.response_callbacks, transaction, shard_hint)


def test_what_was_said_without_an_answer_counts_for_nothing(
    redis: Redis, redis_url: str, make_online: MakePeopleOnline
) -> None:
    one = make_online("one")
    assert isinstance(one, RedisPeopleOnline)
    one.beat({HERE})
    one.redis = LateRedis.from_url(redis_url)
    one.beat({THERE})
    one.redis = redis
    assert one.online([HERE, THERE]) == {THERE}
    one.beat({HERE})
    assert one.online([HERE, THERE]) == {HERE}


def test_after_an_outage_all_are_said_again(redis: Redis, make_online: MakePeopleOnline) -> None:
    one = make_online("one")
    assert isinstance(one, RedisPeopleOnline)
    one.beat({HERE})
    one.redis = Redis.from_url("redis://127.0.0.1:1/0")
    one.beat({THERE})
    one.redis = redis
    assert one.online([HERE, THERE]) == {HERE}
    one.beat({THERE})
    assert one.online([HERE, THERE]) == {THERE}
