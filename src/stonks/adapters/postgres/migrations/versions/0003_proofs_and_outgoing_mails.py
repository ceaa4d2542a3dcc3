"""When a session's owner last proved who they are, and mails that have not left yet."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("sessions", sa.Column("proven_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "outgoing_mails",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("values", JSONB(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("claimed_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["Profile.id"],
            name=op.f("outgoing_mails_profile_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("outgoing_mails_pkey")),
    )
    op.create_index("outgoing_mails_due_idx", "outgoing_mails", ["due_at"])
    op.create_index(op.f("outgoing_mails_profile_id_idx"), "outgoing_mails", ["profile_id"])


def downgrade() -> None:
    op.drop_table("outgoing_mails")
    op.drop_column("sessions", "proven_at")
