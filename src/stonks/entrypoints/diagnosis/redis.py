"""Redis: does it answer, is it one that we know, does it keep what it is told?"""

from collections.abc import Iterator
from typing import Any

from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError, ResponseError
from redis.retry import Retry

from stonks.adapters.embedded import places
from stonks.entrypoints.diagnosis.finding import Finding, doubtful, ill
from stonks.entrypoints.settings import Settings

OLDEST = (6, 2)


def look_at_redis(settings: Settings) -> Iterator[Finding]:
    if settings.signals == "memory":
        yield doubtful("redis", "memory, of one process", "set STONKS_REDIS_URL for several")
        return
    client = Redis.from_url(settings.redis_url, socket_timeout=5, retry=Retry(NoBackoff(), 0))
    try:
        with client:
            yield _version(client.info("server"))
            yield from _keeps(client)
    except RedisError as error:
        yield ill("redis", str(error), _how_to_reach(settings))


def _version(server: Any) -> Finding:
    name = "Valkey" if server.get("server_name") == "valkey" else "Redis"
    told = str(server.get("valkey_version") or server["redis_version"])
    if tuple(map(int, str(server["redis_version"]).split(".")[:2])) >= OLDEST:
        return Finding("redis", f"{name} {told}")
    return ill("redis", f"{name} {told}", "Stonks needs Redis 6.2 or newer, or Valkey")


def _keeps(client: "Redis") -> Iterator[Finding]:
    try:
        appends = client.config_get("appendonly")
    except ResponseError:  # a hosted Redis may not tell
        return
    if appends.get("appendonly") == "no":
        yield doubtful("redis", "keeps nothing on disk", "appendonly yes; no message needs it")


def _how_to_reach(settings: Settings) -> str:
    if settings.redis_url == places.redis_url(settings.var):
        return "the embedded one runs while stonks up does; or set STONKS_REDIS_URL"
    return "start it, or correct STONKS_REDIS_URL"
