"""Cookies of browsers' sessions."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, func

from stonks.adapters.postgres.tables.base import metadata
from stonks.adapters.postgres.tables.identity import refresh_tokens, sessions

session_cookies = Table(
    "session_cookies",
    metadata,
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", LargeBinary, nullable=False, unique=True),
)
over_at = func.least(sessions.c.ended_at, sessions.c.expires_at)
Index("sessions_over_idx", over_at)
Index("refresh_tokens_used_at_idx", refresh_tokens.c.used_at)
