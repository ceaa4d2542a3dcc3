"""Presence on Redis."""

import pytest
from redis import Redis

from stonks.adapters.redis.presence import RedisPresence
from tests.contracts.presence import MakePresence, PresenceContract
from tests.contracts.town import SteppingClock


class TestRedisPresence(PresenceContract):
    @pytest.fixture
    def make_presence(self, clock: SteppingClock, redis_url: str) -> MakePresence:
        redis = Redis.from_url(redis_url)
        return lambda process: RedisPresence(redis, process, clock)
