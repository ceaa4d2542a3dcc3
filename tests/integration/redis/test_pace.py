"""Pace on Redis."""

import pytest
from redis import Redis

from stonks.adapters.clock import now
from stonks.adapters.memory.chat.pace import MemoryPace
from stonks.adapters.redis.pace import RedisPace
from tests.contracts.pace import MakePace, PaceContract, attempt
from tests.integration.servers import free_port


class TestRedisPace(PaceContract):
    @pytest.fixture
    def make_pace(self, redis_url: str) -> MakePace:
        redis = Redis.from_url(redis_url)
        return lambda scale: RedisPace(redis, MemoryPace(now, scale), scale)


def test_limits_are_kept_by_the_process_alone_while_redis_is_away() -> None:
    redis = Redis.from_url(f"redis://127.0.0.1:{free_port()}", socket_connect_timeout=0.2)
    pace, first = RedisPace(redis, MemoryPace(now)), attempt("0")
    verdicts = pace.admit([attempt(str(n), of=first) for n in range(21)])
    assert [verdict is None for verdict in verdicts] == [True] * 20 + [False]


def test_processes_share_their_limits(redis_url: str) -> None:
    one, two = (RedisPace(Redis.from_url(redis_url), MemoryPace(now)) for _ in range(2))
    first = attempt("0")
    assert one.admit([attempt(str(n), of=first) for n in range(20)]) == [None] * 20
    assert two.admit([attempt("more", of=first)])[0] is not None
