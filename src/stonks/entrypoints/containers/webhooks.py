"""Webhooks, wired."""

from dependency_injector import providers

from stonks.adapters.memory.chat.reads import MemoryChatReads
from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.webhooks.reads import MemoryEndpointReads
from stonks.adapters.memory.webhooks.work import MemoryWebhooksWork
from stonks.adapters.postgres.webhooks.reads import PostgresEndpointReads
from stonks.adapters.postgres.webhooks.work import PostgresWebhooksWork
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.webhooks.forget_attempts import ForgetAttempts
from stonks.entrypoints.containers.egress import EgressContainer
from stonks.entrypoints.containers.hints import HintsContainer
from stonks.entrypoints.containers.sealing import SealingContainer
from stonks.entrypoints.containers.shared import Shared


class WebhooksContainer(Shared, EgressContainer, SealingContainer, HintsContainer):
    begin_webhooks = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBegin,
            Shared.database,
            providers.Factory(
                MemoryWebhooksWork,
                Shared.webhook_tables,
                providers.Factory(
                    MemoryChatReads,
                    Shared.chat_tables,
                    Shared.identity_tables,
                    Shared.channel_tables,
                    Shared.participants,
                ),
                Shared.outbox_tables,
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin, Shared.engine, providers.Object(PostgresWebhooksWork)
        ),
    )
    endpoint_reads = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryEndpointReads, Shared.webhook_tables, Shared.chat_tables),
        postgres=providers.Singleton(PostgresEndpointReads, Shared.reads_connection),
    )
    forget_attempts = providers.Singleton(ForgetAttempts, begin_webhooks, Shared.now)
