"""Identity on PostgreSQL."""

from stonks.adapters.postgres.identity.counts import PostgresChannelCount, PostgresFollowCounts
from stonks.adapters.postgres.identity.reads import PostgresIdentityReads
from stonks.adapters.postgres.identity.work import PostgresIdentityWork

__all__ = [
    "PostgresChannelCount",
    "PostgresFollowCounts",
    "PostgresIdentityReads",
    "PostgresIdentityWork",
]
