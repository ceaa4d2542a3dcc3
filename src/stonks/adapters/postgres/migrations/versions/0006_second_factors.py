"""Second factors, recovery codes, and logins that wait for one."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def _person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_profile_id_fkey")
    return sa.ForeignKeyConstraint(["profile_id"], ["Profile.id"], name=name, ondelete="CASCADE")


def upgrade() -> None:
    op.create_table(
        "totp_factors",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        _person("totp_factors"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("totp_factors_pkey")),
    )
    op.create_table(
        "totp_enrolments",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        _person("totp_enrolments"),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("totp_enrolments_pkey")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _person("recovery_codes"),
        sa.PrimaryKeyConstraint("profile_id", "hash", name=op.f("recovery_codes_pkey")),
    )
    op.create_table(
        "half_sessions",
        sa.Column("hash", sa.LargeBinary(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _person("half_sessions"),
        sa.PrimaryKeyConstraint("hash", name=op.f("half_sessions_pkey")),
    )
    op.create_index(op.f("half_sessions_profile_id_idx"), "half_sessions", ["profile_id"])
    op.create_index(op.f("half_sessions_expires_at_idx"), "half_sessions", ["expires_at"])


def downgrade() -> None:
    for table in ("half_sessions", "recovery_codes", "totp_enrolments", "totp_factors"):
        op.drop_table(table)
