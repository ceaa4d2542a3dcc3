"""Where the first answers to requests are kept."""

from dependency_injector import providers

from stonks.adapters.memory.idempotency import MemoryFirstAnswers
from stonks.adapters.postgres.idempotency import PostgresFirstAnswers
from stonks.adapters.sealing import SealedFirstAnswers
from stonks.application.forget_answers import ForgetAnswers
from stonks.entrypoints.containers.foundation import Foundation
from stonks.entrypoints.containers.sealing import SealingContainer


class IdempotencyContainer(SealingContainer):
    kept_answers = providers.Selector(
        Foundation.storage,
        memory=providers.Singleton(MemoryFirstAnswers, Foundation.database),
        postgres=providers.Singleton(PostgresFirstAnswers, Foundation.reads_connection),
    )
    forget_answers = providers.Singleton(ForgetAnswers, kept_answers, Foundation.now)
    first_answers = providers.Singleton(SealedFirstAnswers, kept_answers, SealingContainer.sealer)
