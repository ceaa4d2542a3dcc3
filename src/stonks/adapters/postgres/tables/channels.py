"""Channels, their ADMINs and their streams."""

from sqlalchemy import Boolean, Column, ForeignKey, Index, Table, Text, Uuid, text

from stonks.adapters.postgres.tables.base import Time, metadata

channels = Table(
    "channels",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("slug", Text, nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("host_id", ForeignKey("Profile.id"), nullable=False, index=True),
    Column("created_at", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
    Column("suspended_at", Time),
    Column("suspension_reason", Text, nullable=False),
)

admins = Table(
    "channel_admins",
    metadata,
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("since", Time, nullable=False),
)

streams = Table(
    "streams",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("title", Text, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("seen_at", Time, nullable=False),
    Column("ended_at", Time),
    Column("end_reason", Text),
    Column("is_announced", Boolean, nullable=False),
)
Index("streams_channel_idx", streams.c.channel_id, streams.c.id)
Index(
    "streams_live_key",
    streams.c.channel_id,
    unique=True,
    postgresql_where=text("ended_at IS NULL"),
)
