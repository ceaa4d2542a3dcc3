"""Who follows which room, on a real Redis, and what becomes of it when it forgets or goes away."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from redis import Redis

from stonks.adapters.clock import now
from stonks.adapters.redis.attendance import RedisAttendance
from stonks.domain.presence.attendance import Present
from stonks.domain.presence.beat import ATTENDANCE_SETTLES
from tests.contracts.attendance import (
    ADA,
    BOB,
    GARDEN,
    LOUNGE,
    AttendanceContract,
    MakeAttendance,
    unknown,
)
from tests.contracts.people_online import LetPass
from tests.contracts.town import SteppingClock

KEYS = "stonks:attendance:*"


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
def make_attendance(redis: Redis, clock: SteppingClock, let_pass: LetPass) -> MakeAttendance:
    RedisAttendance(redis, clock).beat({})
    let_pass(ATTENDANCE_SETTLES)
    return lambda process: RedisAttendance(redis, clock)


class TestRedisAttendance(AttendanceContract):
    pass


def test_after_redis_forgot_nobody_is_believed_to_be_gone_until_all_had_time_to_speak(
    redis: Redis, make_attendance: MakeAttendance, let_pass: LetPass
) -> None:
    one, two = make_attendance("one"), make_attendance("two")
    one.beat({LOUNGE: {ADA}})
    two.beat({LOUNGE: {BOB}})
    redis.flushdb()
    assert unknown(one)
    one.beat({LOUNGE: {ADA}})
    assert unknown(one)
    let_pass(ATTENDANCE_SETTLES / 2)
    two.beat({LOUNGE: {BOB}})
    assert unknown(one)
    let_pass(ATTENDANCE_SETTLES / 2)
    assert one.present(LOUNGE) == Present(2, {ADA, BOB})


def test_a_clock_that_is_ahead_keeps_nobody_from_knowing(
    redis: Redis, make_attendance: MakeAttendance, clock: SteppingClock
) -> None:
    one = make_attendance("one")
    redis.flushdb()
    RedisAttendance(redis, SteppingClock(clock() + timedelta(hours=1))).beat({LOUNGE: {ADA}})
    assert one.present(LOUNGE) == Present(1, {ADA})


def test_nothing_stays_of_rooms_that_nobody_follows_nor_of_people_who_left(
    redis: Redis, make_attendance: MakeAttendance, clock: SteppingClock
) -> None:
    one = make_attendance("one")
    one.beat({LOUNGE: {ADA}, GARDEN: {ADA}})
    clock.pass_(seconds=16)
    one.beat({LOUNGE: {BOB}})
    assert redis.zrange(f"stonks:attendance:{{{LOUNGE}}}", 0, -1) == [BOB.bytes]
    assert [key for key in redis.scan_iter(KEYS) if redis.ttl(key) < 0] == []


def test_a_room_has_one_key_and_so_one_slot(redis: Redis, make_attendance: MakeAttendance) -> None:
    make_attendance("one").beat({LOUNGE: {ADA}})
    make_attendance("two").beat({LOUNGE: {BOB}})
    keys = {*redis.scan_iter("*")}
    assert keys == {b"stonks:attendance:since", f"stonks:attendance:{{{LOUNGE}}}".encode()}


def test_without_redis_beats_are_lost_and_nobody_knows() -> None:
    one = RedisAttendance(Redis.from_url("redis://127.0.0.1:1/0"), now)
    one.beat({LOUNGE: {ADA}})
    assert unknown(one)
