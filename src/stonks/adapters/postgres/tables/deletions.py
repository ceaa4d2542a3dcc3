"""People who are to be forgotten, and files that nothing refers to."""

from sqlalchemy import Column, ForeignKey, Index, Table, Text, text

from stonks.adapters.postgres.tables.base import Time, metadata

deletions = Table(
    "deletions",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("asked_at", Time, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("erased_at", Time),
)
Index("deletions_due_idx", deletions.c.due_at, postgresql_where=text("erased_at IS NULL"))

loose_media = Table(
    "loose_media",
    metadata,
    Column("name", Text, primary_key=True),
    Column("due_at", Time, nullable=False, index=True),
)
