"""Where the first answers to requests are kept."""

from dependency_injector import providers

from stonks.adapters.memory.idempotency import MemoryFirstAnswers
from stonks.adapters.postgres.idempotency import PostgresFirstAnswers
from stonks.entrypoints.containers.foundation import Foundation


class IdempotencyContainer(Foundation):
    first_answers = providers.Selector(
        Foundation.storage,
        memory=providers.Singleton(MemoryFirstAnswers, Foundation.database),
        postgres=providers.Singleton(PostgresFirstAnswers, Foundation.reads_connection),
    )
