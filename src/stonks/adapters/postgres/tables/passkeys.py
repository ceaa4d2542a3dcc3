"""Passkeys, what authenticators know people by, and challenges that wait for an answer."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import ARRAY

from stonks.adapters.postgres.tables.base import Time, metadata

passkey_handles = Table(
    "passkey_handles",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("handle", LargeBinary, nullable=False, unique=True),
)

passkeys = Table(
    "passkeys",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("credential_id", LargeBinary, nullable=False, unique=True),
    Column("public_key", LargeBinary, nullable=False),
    Column("sign_count", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("transports", ARRAY(Text), nullable=False),
    Column("is_backup_eligible", Boolean, nullable=False),
    Column("is_backed_up", Boolean, nullable=False),
    Column("is_second_factor", Boolean, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("used_at", Time),
)

ceremonies = Table(
    "ceremonies",
    metadata,
    Column("digest", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("bound_to", LargeBinary, nullable=False),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), index=True),
    Column("expires_at", Time, nullable=False, index=True),
)
