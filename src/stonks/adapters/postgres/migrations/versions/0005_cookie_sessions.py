"""Sessions of browsers, and the way to those that are long over."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "session_cookies",
        sa.Column("session_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("session_cookies_session_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("session_cookies_pkey")),
        sa.UniqueConstraint("hash", name=op.f("session_cookies_hash_key")),
    )
    op.create_index("sessions_over_idx", "sessions", [sa.text("least(ended_at, expires_at)")])
    op.create_index("refresh_tokens_used_at_idx", "refresh_tokens", ["used_at"])


def downgrade() -> None:
    op.drop_index("refresh_tokens_used_at_idx", "refresh_tokens")
    op.drop_index("sessions_over_idx", "sessions")
    op.drop_table("session_cookies")
