"""Links that were sent by mail, and the addresses that were proved by them."""

from sqlalchemy import Column, ForeignKey, Index, LargeBinary, Table, Text, Uuid, func

from stonks.adapters.postgres.tables.base import Time, metadata

mail_links = Table(
    "mail_links",
    metadata,
    Column("hash", LargeBinary, primary_key=True),
    Column("purpose", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("issued_at", Time, nullable=False),
    Column("expires_at", Time, nullable=False, index=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), index=True),
    Column("session_id", Uuid),
)
Index("mail_links_email_folded_idx", func.lower(mail_links.c.email))

email_proofs = Table(
    "email_proofs",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("email", Text, nullable=False),
    Column("proved_at", Time, nullable=False),
)
