"""Profiles that are to be deleted, and files that nothing refers to."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "deletions",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["Profile.id"],
            name=op.f("deletions_profile_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("deletions_pkey")),
    )
    unfinished = sa.text("erased_at IS NULL")
    op.create_index("deletions_due_idx", "deletions", ["due_at"], postgresql_where=unfinished)
    op.create_table(
        "loose_media",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("loose_media_pkey")),
    )
    op.create_index(op.f("loose_media_due_at_idx"), "loose_media", ["due_at"])


def downgrade() -> None:
    op.drop_table("loose_media")
    op.drop_table("deletions")
