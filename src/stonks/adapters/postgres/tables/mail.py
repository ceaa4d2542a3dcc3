"""Mails that have not left yet."""

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text, Uuid, func
from sqlalchemy.dialects.postgresql import JSONB

from stonks.adapters.postgres.tables.base import Time, metadata

outgoing_mails = Table(
    "outgoing_mails",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("at", Time, nullable=False),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), index=True),
    Column("values", JSONB, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("claimed_at", Time),
)
Index("outgoing_mails_due_idx", outgoing_mails.c.due_at)
Index("outgoing_mails_to_folded_idx", func.lower(outgoing_mails.c.to))
