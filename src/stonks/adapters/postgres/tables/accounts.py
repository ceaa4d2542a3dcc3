"""Account types, and who is of which; everybody is ``member`` without a row."""

from sqlalchemy import ARRAY, Column, ForeignKey, Table, Text

from stonks.adapters.postgres.tables.base import Time, metadata

account_types = Table(
    "account_types",
    metadata,
    Column("name", Text, primary_key=True),
    Column("description", Text, nullable=False),
    Column("permissions", ARRAY(Text), nullable=False),
    Column("created_at", Time, nullable=False),
    Column("created_by", Text, nullable=False),
)

account_type_grants = Table(
    "account_type_grants",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "name",
        ForeignKey("account_types.name", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("granted_at", Time, nullable=False),
    Column("granted_by", Text, nullable=False),
)
