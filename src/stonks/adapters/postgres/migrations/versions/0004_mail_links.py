"""Links that are sent by mail, and the addresses that were proved by them."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_profile_id_fkey")
    return sa.ForeignKeyConstraint(["profile_id"], ["Profile.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "mail_links",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        _person("mail_links"),
        sa.PrimaryKeyConstraint("hash", name=op.f("mail_links_pkey")),
    )
    op.create_index(op.f("mail_links_expires_at_idx"), "mail_links", ["expires_at"])
    op.create_index(op.f("mail_links_profile_id_idx"), "mail_links", ["profile_id"])
    op.create_index("mail_links_email_folded_idx", "mail_links", [sa.text("lower(email)")])
    op.create_table(
        "email_proofs",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("proved_at", sa.DateTime(timezone=True), nullable=False),
        _person("email_proofs"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("email_proofs_pkey")),
    )
    op.create_index("outgoing_mails_to_folded_idx", "outgoing_mails", [sa.text('lower("to")')])


def downgrade() -> None:
    op.drop_index("outgoing_mails_to_folded_idx", "outgoing_mails")
    op.drop_table("email_proofs")
    op.drop_table("mail_links")
