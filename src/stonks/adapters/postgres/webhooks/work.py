"""One unit of work of webhooks on PostgreSQL."""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from stonks.adapters.postgres.outbox.publishing import PostgresPublish
from stonks.adapters.postgres.webhooks.attempts import PostgresAttempts
from stonks.adapters.postgres.webhooks.channels import PostgresHostedChannels
from stonks.adapters.postgres.webhooks.endpoints import PostgresEndpoints
from stonks.adapters.postgres.webhooks.events import PostgresEvents
from stonks.adapters.postgres.webhooks.turns import PostgresTurns


@dataclass(slots=True)
class PostgresWebhooksWork:
    """``WebhooksWork`` in one transaction."""

    connection: Connection
    endpoints: PostgresEndpoints = field(init=False)
    attempts: PostgresAttempts = field(init=False)
    turns: PostgresTurns = field(init=False)
    events: PostgresEvents = field(init=False)
    channels: PostgresHostedChannels = field(init=False)
    publish: PostgresPublish = field(init=False)

    def __post_init__(self) -> None:
        self.endpoints = PostgresEndpoints(self.connection)
        self.attempts = PostgresAttempts(self.connection)
        self.turns = PostgresTurns(self.connection)
        self.events = PostgresEvents(self.connection)
        self.channels = PostgresHostedChannels(self.connection)
        self.publish = PostgresPublish(self.connection)
