"""Webhooks, and who comes and goes where one of them wants to know; old answers are found."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _endpoints()
    _attempts()
    _attendance()
    op.create_index("first_answers_at_idx", "first_answers", ["at"])


def _endpoints() -> None:
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("channel_id", sa.Uuid, nullable=False),
        sa.Column("room_id", sa.Uuid, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("event_types", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("old_secret", sa.LargeBinary),
        sa.Column("old_secret_until", TIME),
        sa.Column("position", sa.BigInteger, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("activated_at", TIME),
        sa.Column("disabled_at", TIME),
        sa.Column("disabled_because", sa.Text),
        sa.Column("failures", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("failing_since", TIME),
        sa.Column("due_at", TIME),
        sa.Column("turn", sa.Uuid),
        sa.Column("unsure_up_to", sa.BigInteger),
        sa.Column("lane", sa.Text, nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name="webhook_endpoints_channel_id_fkey",
            ondelete="CASCADE",
        ),
    )
    op.create_index("webhook_endpoints_channel_idx", "webhook_endpoints", ["channel_id", "id"])
    op.create_index(
        "webhook_endpoints_due_idx",
        "webhook_endpoints",
        ["lane", "due_at"],
        postgresql_where=sa.text("due_at IS NOT NULL AND status = 'active'"),
    )
    op.create_index(
        "webhook_endpoints_room_idx",
        "webhook_endpoints",
        ["room_id"],
        postgresql_where=sa.text("status = 'active'"),
    )


def _attempts() -> None:
    op.create_table(
        "webhook_attempts",
        sa.Column("endpoint_id", sa.Uuid, primary_key=True),
        sa.Column("id", sa.Uuid, primary_key=True),
        sa.Column("event_id", sa.Text, nullable=False),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("seq", sa.BigInteger),
        sa.Column("at", TIME, nullable=False),
        sa.Column("duration_ms", sa.Integer, nullable=False),
        sa.Column("outcome", sa.Text, nullable=False),
        sa.Column("status", sa.SmallInteger),
        sa.Column("reason", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
    )
    op.create_index("webhook_attempts_id_idx", "webhook_attempts", ["id"], postgresql_using="brin")
    op.create_index(
        "webhook_attempts_trouble_idx",
        "webhook_attempts",
        ["endpoint_id", "id"],
        postgresql_where=sa.text("outcome <> 'delivered'"),
    )


def _attendance() -> None:
    op.create_table(
        "attended_rooms",
        sa.Column("room_id", sa.Uuid, primary_key=True),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("counted", sa.Integer),
        sa.Column("counted_at", TIME),
        sa.ForeignKeyConstraint(
            ["room_id"], ["rooms.id"], name="attended_rooms_room_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("attended_rooms_due_at_idx", "attended_rooms", ["due_at"])
    op.create_table(
        "attendees",
        sa.Column("room_id", sa.Uuid, primary_key=True),
        sa.Column("profile_id", sa.Uuid, primary_key=True),
        sa.Column("is_told", sa.Boolean, nullable=False),
        sa.Column("since", TIME),
        sa.ForeignKeyConstraint(
            ["room_id"],
            ["attended_rooms.room_id"],
            name="attendees_room_id_fkey",
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["Profile.id"], name="attendees_profile_id_fkey", ondelete="CASCADE"
        ),
    )
    op.create_index("attendees_profile_id_idx", "attendees", ["profile_id"])


def downgrade() -> None:
    op.drop_index("first_answers_at_idx", "first_answers")
    for table in ("attendees", "attended_rooms", "webhook_attempts", "webhook_endpoints"):
        op.drop_table(table)
