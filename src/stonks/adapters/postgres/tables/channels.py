"""Channels and their ADMINs."""

from sqlalchemy import Column, ForeignKey, Table, Text, Uuid

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
