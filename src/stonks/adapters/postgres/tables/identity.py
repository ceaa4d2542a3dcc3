"""Profile, exactly as the domain fixes it, and beside it everything else about a person."""

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    Table,
    Text,
    Uuid,
    func,
)

from stonks.adapters.postgres.tables.base import Time, metadata

profile = Table(
    "Profile",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("fullName", String, nullable=False),
    Column("username", String, nullable=False, unique=True),
    Column("email", String, nullable=False, unique=True),
    Column("avatar", String),
    Column("active", Boolean, nullable=False),
    Column("createdAt", Time, nullable=False),
    Column("updatedAt", Time, nullable=False),
)
Index("Profile_username_folded_key", func.lower(profile.c.username), unique=True)
Index("Profile_email_folded_key", func.lower(profile.c.email), unique=True)

passwords = Table(
    "passwords",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", Text, nullable=False),
    Column("changed_at", Time, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("at", Time, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("subject", Uuid),
    Column("detail", Text, nullable=False),
    Column("actor", Uuid),
)
Index("audit_subject_idx", audit.c.subject, audit.c.id)
Index("audit_actor_idx", audit.c.actor, audit.c.id)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("used_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False),
    Column("ended_at", Time),
    Column("proven_at", Time),
)

refresh_tokens = Table(
    "refresh_tokens",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("issued_at", Time, nullable=False),
    Column("used_at", Time),
)
