"""Account types in place of staff alone, and an audit that can only grow."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BUILT_IN = """
INSERT INTO account_types (name, description, permissions, created_at, created_by) VALUES
  ('member', 'Everybody who signed up.', '{channels.open}', now(), 'stonks'),
  ('staff', 'SUPERADMIN: may do everything.', '{}', now(), 'stonks')
"""
STAFF_MOVES = """
INSERT INTO account_type_grants (profile_id, name, granted_at, granted_by)
SELECT profile_id, 'staff', granted_at, granted_by FROM staff
"""
STAFF_MOVES_BACK = """
INSERT INTO staff (profile_id, granted_at, granted_by)
SELECT profile_id, granted_at, granted_by FROM account_type_grants WHERE name = 'staff'
"""
AUDIT_STAYS = """
CREATE FUNCTION audit_stays() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit can only grow' USING ERRCODE = 'restrict_violation'; END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION audit_stays()
"""


def upgrade() -> None:
    op.create_table(
        "account_types",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("permissions", sa.ARRAY(sa.Text()), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("account_types_pkey")),
    )
    op.create_table(
        "account_type_grants",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["Profile.id"],
            name=op.f("account_type_grants_profile_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["name"],
            ["account_types.name"],
            name=op.f("account_type_grants_name_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", "name", name=op.f("account_type_grants_pkey")),
    )
    op.create_index(op.f("account_type_grants_name_idx"), "account_type_grants", ["name"])
    op.execute(BUILT_IN)
    op.execute(STAFF_MOVES)
    op.drop_table("staff")
    op.add_column("audit", sa.Column("actor", sa.Uuid(), nullable=True))
    op.create_index("audit_subject_idx", "audit", ["subject", "id"])
    op.create_index("audit_actor_idx", "audit", ["actor", "id"])
    op.execute(AUDIT_STAYS)


def downgrade() -> None:
    op.execute("DROP TRIGGER audit_stays ON audit")
    op.execute("DROP FUNCTION audit_stays()")
    op.drop_index("audit_actor_idx", table_name="audit")
    op.drop_index("audit_subject_idx", table_name="audit")
    op.drop_column("audit", "actor")
    op.create_table(
        "staff",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("granted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("granted_by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["Profile.id"], name=op.f("staff_profile_id_fkey"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("staff_pkey")),
    )
    op.execute(STAFF_MOVES_BACK)
    op.drop_table("account_type_grants")
    op.drop_table("account_types")
