"""Events that no other context has handled yet."""

from sqlalchemy import Column, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from stonks.adapters.postgres.tables.base import Time, metadata

outbox = Table(
    "outbox",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("data", JSONB, nullable=False),
    Column("not_before", Time),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
)
Index("outbox_failing_idx", outbox.c.id, postgresql_where=text("attempts > 0"))
