"""Identities that other issuers vouch for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "external_identities",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("issuer", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used_at", sa.DateTime(timezone=True), nullable=True),
        _of_a_person("external_identities"),
        sa.PrimaryKeyConstraint("id", name=op.f("external_identities_pkey")),
        sa.UniqueConstraint("issuer", "subject", name="external_identities_issuer_subject_key"),
    )
    _index("external_identities", "profile_id")
    op.create_table(
        "external_flows",
        sa.Column("state", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("nonce", sa.Text(), nullable=False),
        sa.Column("verifier", sa.Text(), nullable=False),
        sa.Column("next", sa.Text(), nullable=True),
        sa.Column("profile_id", sa.Uuid(), nullable=True),
        sa.Column("session_id", sa.Uuid(), nullable=True),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_a_person("external_flows"),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["sessions.id"],
            name=op.f("external_flows_session_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("state", name=op.f("external_flows_pkey")),
    )
    for column in ("profile_id", "session_id", "expires_at"):
        _index("external_flows", column)
    op.create_table(
        "entry_codes",
        sa.Column("code", sa.LargeBinary(), nullable=False),
        sa.Column("browser", sa.LargeBinary(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        _of_a_person("entry_codes"),
        sa.PrimaryKeyConstraint("code", name=op.f("entry_codes_pkey")),
    )
    for column in ("profile_id", "expires_at"):
        _index("entry_codes", column)


def downgrade() -> None:
    op.drop_table("entry_codes")
    op.drop_table("external_flows")
    op.drop_table("external_identities")


def _of_a_person(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"{table}_profile_id_fkey")
    return sa.ForeignKeyConstraint(["profile_id"], ["Profile.id"], name=name, ondelete="CASCADE")


def _index(table: str, column: str) -> None:
    op.create_index(op.f(f"{table}_{column}_idx"), table, [column])
