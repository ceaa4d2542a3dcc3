"""What failed and waits to be tried again, found without a look at all that waits."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "deliveries_failing_idx",
        "deliveries",
        ["way"],
        unique=False,
        postgresql_where=sa.text("state = 'waiting' AND attempts > 0"),
    )
    for table, key in (("outbox", "id"), ("fanouts", "notice_id"), ("notification_batches", "id")):
        op.create_index(
            f"{table}_failing_idx", table, [key], postgresql_where=sa.text("attempts > 0")
        )


def downgrade() -> None:
    for table in ("deliveries", "outbox", "fanouts", "notification_batches"):
        op.drop_index(f"{table}_failing_idx", table)
