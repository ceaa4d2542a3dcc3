"""Tickets on Redis."""

from typing import cast

import pytest
from redis import Redis

from stonks.adapters.clock import new_id
from stonks.adapters.redis.tickets import RedisTickets
from stonks.domain.errors import Unavailable
from stonks.domain.ids import SessionId
from tests.contracts.tickets import Pass, TicketsContract
from tests.integration.servers import free_port


class TestRedisTickets(TicketsContract):
    @pytest.fixture
    def redis(self, redis_url: str) -> Redis:
        redis = Redis.from_url(redis_url)
        redis.flushdb()
        return redis

    @pytest.fixture
    def tickets(self, redis: Redis) -> RedisTickets:
        return RedisTickets(redis)

    @pytest.fixture
    def pass_(self, redis: Redis) -> Pass:
        """Its clock cannot be moved, but the ends of its keys can."""

        def pass_(seconds: float) -> None:
            for key in redis.keys("*"):
                redis.pexpire(key, cast(int, redis.pttl(key)) - int(seconds * 1000))

        return pass_

    def test_processes_share_their_tickets(
        self, ticket: str, session_id: SessionId, redis_url: str
    ) -> None:
        one, two = (RedisTickets(Redis.from_url(redis_url)) for _ in range(2))
        assert (one.redeem(ticket), two.redeem(ticket)) == (session_id, None)

    def test_redis_never_learns_a_ticket(self, ticket: str, redis: Redis) -> None:
        (key,) = redis.keys("*")
        assert ticket.encode() not in key
        assert ticket.encode() not in cast(bytes, redis.get(key))
        assert 0 < cast(int, redis.ttl(key)) <= 30


def test_nobody_gets_in_while_redis_is_away() -> None:
    redis = Redis.from_url(f"redis://127.0.0.1:{free_port()}", socket_connect_timeout=0.2)
    tickets = RedisTickets(redis)
    with pytest.raises(Unavailable):
        tickets.issue("a ticket", SessionId(new_id()))
    with pytest.raises(Unavailable):
        tickets.redeem("a ticket")
