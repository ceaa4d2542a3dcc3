"""What people are told, who has it in their inbox, and what became of each way to them."""

from sqlalchemy import (
    ARRAY,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from stonks.adapters.postgres.tables.base import Time, metadata

BESIDE_PROFILE = {"beside_profile": True}
"""Goes with a profile, without a foreign key: its check costs more than the row."""

notices = Table(
    "notices",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("subject", Uuid, nullable=False, info=BESIDE_PROFILE),
    Column("at", Time, nullable=False),
    Column("audience", Uuid, info=BESIDE_PROFILE),
    Column("data", JSONB, nullable=False),
    Column("over_at", Time),
    UniqueConstraint("kind", "subject"),
)

notifications = Table(  # the key alone keeps a person from getting a notice twice
    "notifications",
    metadata,
    Column("profile_id", Uuid, primary_key=True, info=BESIDE_PROFILE),
    Column("notice_id", Uuid, primary_key=True),
    Column("read_at", Time),
)
Index("notifications_notice_idx", notifications.c.notice_id, postgresql_using="brin")

fanouts = Table(  # audiences that have not all got their notice yet; up to position they have
    "fanouts",
    metadata,
    Column("notice_id", Uuid, primary_key=True),
    Column("position", Uuid),
    Column("not_before", Time),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
)
Index("fanouts_failing_idx", fanouts.c.notice_id, postgresql_where=text("attempts > 0"))

batches = Table(  # people who have a notice, for whom the ways have not been decided yet
    "notification_batches",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("notice_id", Uuid, nullable=False),
    Column("people", ARRAY(Uuid), nullable=False),
    Column("not_before", Time),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
)
Index("notification_batches_failing_idx", batches.c.id, postgresql_where=text("attempts > 0"))

groups = Table(  # the notice to which what happens next is added
    "notification_groups",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("notice_id", Uuid, nullable=False),
)

actors = Table(  # who was counted in which notice, so that nobody is counted again
    "notification_actors",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("actor_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True, index=True),
    Column("notice_id", Uuid, nullable=False),
    Column("at", Time, nullable=False, index=True),
)

preferences = Table(  # where somebody said other than what holds for everybody
    "notification_preferences",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("is_wanted", Boolean, nullable=False),
)

devices = Table(
    "push_subscriptions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("session_id", ForeignKey("sessions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("endpoint", Text, nullable=False, unique=True),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("device", Text, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("used_at", Time),
)

deliveries = Table(  # a target is a device, or nil (RFC 9562, 5.9) where a way has none
    "deliveries",
    metadata,
    Column("profile_id", Uuid, primary_key=True, info=BESIDE_PROFILE),
    Column("notice_id", Uuid, primary_key=True),
    Column("way", Text, primary_key=True),
    Column("target", Uuid, primary_key=True),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("decided_at", Time, nullable=False),
    Column("due_at", Time, nullable=False),
    Column("changed_at", Time, nullable=False),
)
Index("deliveries_notice_idx", deliveries.c.notice_id, postgresql_using="brin")
Index(
    "deliveries_due_idx",
    deliveries.c.way,
    deliveries.c.due_at,
    postgresql_where=text("state = 'waiting'"),
)
Index(
    "deliveries_leaving_idx",
    deliveries.c.changed_at,
    postgresql_where=text("state = 'leaving'"),
)
Index(
    "deliveries_failing_idx",
    deliveries.c.way,
    postgresql_where=text("state = 'waiting' AND attempts > 0"),
)
