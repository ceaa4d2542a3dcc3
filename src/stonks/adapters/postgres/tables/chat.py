"""Rooms, their logs, and sanctions; ``room_id`` leads each key, so that rooms can be spread."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from stonks.adapters.postgres.tables.base import Time, metadata

rooms = Table(
    "rooms",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column(
        "channel_id",
        ForeignKey("channels.id", ondelete="CASCADE"),
        nullable=False,
        unique=True,
    ),
    Column("last_seq", BigInteger, nullable=False, server_default=text("0")),
    Column("slow_seconds", Integer),
    Column("followers_seconds", Integer),
    Column("pinned", BigInteger),
)

entries = Table(
    "entries",
    metadata,
    Column("room_id", Uuid, primary_key=True),  # no foreign key: its check costs more than the row
    Column("seq", BigInteger, primary_key=True),
    Column("at", Time, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", Uuid, nullable=False),
    Column("actor_role", SmallInteger, nullable=False),
    Column("nonce", Text),
    Column("data", JSONB, nullable=False),
    Column("hidden", Text),
)
Index(  # partial, so that a planner without statistics never looks for a nonce in it
    "entries_author_idx",
    entries.c.room_id,
    entries.c.actor_id,
    entries.c.seq.desc(),
    postgresql_where=text("kind = 'message'"),
)
Index(
    "entries_nonce_key",
    entries.c.room_id,
    entries.c.actor_id,
    entries.c.nonce,
    unique=True,
    postgresql_where=entries.c.nonce.is_not(None),
)

sanctions = Table(
    "sanctions",
    metadata,
    Column("room_id", ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("by", Uuid, nullable=False),
    Column("at", Time, nullable=False),
    Column("until", Time),
    Column("reason", Text, nullable=False),
)
