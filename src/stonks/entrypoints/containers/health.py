"""What has to be in order before this process takes requests."""

from dependency_injector import providers
from redis import Redis

from stonks.adapters.postgres.health import PostgresAnswers, PostgresIsMigrated
from stonks.adapters.postgres.migrate import head
from stonks.adapters.redis.health import RedisAnswers
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.draining import Draining

SECONDS_FOR_REDIS = 1.0


class HealthContainer(Foundation):
    draining = providers.Singleton(Draining)

    redis_probe = providers.Singleton(
        Redis.from_url,
        Foundation.settings.provided.redis_url,
        socket_timeout=SECONDS_FOR_REDIS,
        socket_connect_timeout=SECONDS_FOR_REDIS,
    )
    database_checks = providers.Selector(
        Foundation.storage,
        memory=providers.Dict(),
        postgres=providers.Dict(
            database=providers.Factory(PostgresAnswers, Foundation.reads_connection),
            migrations=providers.Factory(
                PostgresIsMigrated, Foundation.reads_connection, providers.Singleton(head)
            ),
        ),
    )
    redis_checks = providers.Selector(
        Foundation.settings.provided.signals,
        memory=providers.Dict(),
        redis=providers.Dict(redis=providers.Factory(RedisAnswers, redis_probe)),
    )
    checks = providers.List(database_checks, redis_checks)
