"""Second factors, recovery codes, and logins that wait for one."""

from sqlalchemy import BigInteger, Column, ForeignKey, LargeBinary, Table, Text

from stonks.adapters.postgres.tables.base import Time, metadata

totp_factors = Table(
    "totp_factors",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("confirmed_at", Time, nullable=False),
    Column("last_step", BigInteger, nullable=False),
)

totp_enrolments = Table(
    "totp_enrolments",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("sealed", LargeBinary, nullable=False),
    Column("started_at", Time, nullable=False),
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("hash", LargeBinary, primary_key=True),
    Column("made_at", Time, nullable=False),
    Column("used_at", Time),
)

half_sessions = Table(
    "half_sessions",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("device", Text, nullable=False),
    Column("started_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False, index=True),
)
