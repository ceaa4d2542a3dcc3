"""One unit of work of webhooks in memory."""

from dataclasses import dataclass, field

from stonks.adapters.memory.chat.reads import MemoryChatReads
from stonks.adapters.memory.outbox.tables import MemoryPublish, OutboxTables
from stonks.adapters.memory.webhooks.channels import MemoryHostedChannels
from stonks.adapters.memory.webhooks.endpoints import MemoryAttempts, MemoryEndpoints
from stonks.adapters.memory.webhooks.events import MemoryEvents
from stonks.adapters.memory.webhooks.tables import WebhookTables
from stonks.adapters.memory.webhooks.turns import MemoryTurns


@dataclass(slots=True)
class MemoryWebhooksWork:
    """``WebhooksWork`` on tables in memory."""

    tables: WebhookTables
    chat: MemoryChatReads
    outbox_tables: OutboxTables
    endpoints: MemoryEndpoints = field(init=False)
    attempts: MemoryAttempts = field(init=False)
    turns: MemoryTurns = field(init=False)
    events: MemoryEvents = field(init=False)
    channels: MemoryHostedChannels = field(init=False)
    publish: MemoryPublish = field(init=False)

    def __post_init__(self) -> None:
        chat = self.chat
        self.channels = MemoryHostedChannels(chat.channels, chat.tables, chat.identity)
        self.endpoints = MemoryEndpoints(self.tables)
        self.attempts = MemoryAttempts(self.tables)
        self.turns = MemoryTurns(self.tables, self.channels)
        self.events = MemoryEvents(self.chat)
        self.publish = MemoryPublish(self.outbox_tables)
