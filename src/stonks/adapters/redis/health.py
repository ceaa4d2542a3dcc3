"""Whether Redis answers."""

from dataclasses import dataclass

from redis import Redis
from redis.exceptions import RedisError

from stonks.domain.errors import Unavailable


@dataclass(frozen=True, slots=True)
class RedisAnswers:
    """Raises ``Unavailable`` where it does not."""

    redis: Redis

    def __call__(self) -> None:
        try:
            self.redis.ping()
        except RedisError:
            raise Unavailable("redis_unavailable", "does not answer") from None
