"""Identity in memory."""

from stonks.adapters.memory.identity.counts import MemoryChannelCount, MemoryFollowCounts
from stonks.adapters.memory.identity.reads import MemoryIdentityReads
from stonks.adapters.memory.identity.signals import MemorySessionSignals
from stonks.adapters.memory.identity.tables import IdentityTables
from stonks.adapters.memory.identity.tickets import MemoryTickets
from stonks.adapters.memory.identity.work import MemoryIdentityWork

__all__ = [
    "IdentityTables",
    "MemoryChannelCount",
    "MemoryFollowCounts",
    "MemoryIdentityReads",
    "MemoryIdentityWork",
    "MemorySessionSignals",
    "MemoryTickets",
]
