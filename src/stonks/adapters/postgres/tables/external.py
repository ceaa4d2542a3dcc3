"""Identities elsewhere that speak for people here, and who is on the way to an issuer."""

from sqlalchemy import Column, ForeignKey, LargeBinary, Table, Text, UniqueConstraint, Uuid

from stonks.adapters.postgres.tables.base import Time, metadata

external_identities = Table(
    "external_identities",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("provider", Text, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("email", Text),
    Column("linked_at", Time, nullable=False),
    Column("used_at", Time),
    UniqueConstraint("issuer", "subject", name="external_identities_issuer_subject_key"),
)

external_flows = Table(
    "external_flows",
    metadata,
    Column("state", LargeBinary, primary_key=True),
    Column("browser", LargeBinary, nullable=False),
    Column("provider", Text, nullable=False),
    Column("nonce", Text, nullable=False),
    Column("verifier", Text, nullable=False),
    Column("next", Text),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), index=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), index=True),
    Column("expires_at", Time, nullable=False, index=True),
)

entry_codes = Table(
    "entry_codes",
    metadata,
    Column("code", LargeBinary, primary_key=True),
    Column("browser", LargeBinary, nullable=False),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("expires_at", Time, nullable=False, index=True),
)
