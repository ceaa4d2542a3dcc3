"""The first answers to requests that may be sent again."""

from sqlalchemy import Column, ForeignKey, LargeBinary, SmallInteger, Table, Text

from stonks.adapters.postgres.tables.base import Time, metadata

first_answers = Table(
    "first_answers",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("key", Text, primary_key=True),
    Column("fingerprint", LargeBinary, nullable=False),
    Column("at", Time, nullable=False, index=True),
    Column("status", SmallInteger),
    Column("body", LargeBinary),
)
