"""Passkeys."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passkey_handles",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("handle", sa.LargeBinary(), nullable=False),
        _of_profile("passkey_handles"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("passkey_handles_pkey")),
        sa.UniqueConstraint("handle", name=op.f("passkey_handles_handle_key")),
    )
    op.create_table(
        "passkeys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("transports", ARRAY(sa.Text()), nullable=False),
        sa.Column("is_backup_eligible", sa.Boolean(), nullable=False),
        sa.Column("is_backed_up", sa.Boolean(), nullable=False),
        sa.Column("is_second_factor", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _of_profile("passkeys"),
        sa.PrimaryKeyConstraint("id", name=op.f("passkeys_pkey")),
        sa.UniqueConstraint("credential_id", name=op.f("passkeys_credential_id_key")),
    )
    op.create_index(op.f("passkeys_profile_id_idx"), "passkeys", ["profile_id"])
    op.create_table(
        "ceremonies",
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("bound_to", sa.LargeBinary(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_profile("ceremonies"),
        sa.PrimaryKeyConstraint("digest", name=op.f("ceremonies_pkey")),
    )
    op.create_index(op.f("ceremonies_expires_at_idx"), "ceremonies", ["expires_at"])
    op.create_index(op.f("ceremonies_profile_id_idx"), "ceremonies", ["profile_id"])


def downgrade() -> None:
    op.drop_table("ceremonies")
    op.drop_table("passkeys")
    op.drop_table("passkey_handles")


def _of_profile(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_profile_id_fkey")
    return sa.ForeignKeyConstraint(["profile_id"], ["Profile.id"], name=name, ondelete="CASCADE")
