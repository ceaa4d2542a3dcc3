"""Endpoints, what they were sent, and who is known to be in rooms where an endpoint asks."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    Uuid,
    text,
)

from stonks.adapters.postgres.tables.base import Time, metadata

endpoints = Table(  # a reader of its room's log: due_at is null while it has been told everything
    "webhook_endpoints",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("channel_id", ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("room_id", Uuid, nullable=False),
    Column("url", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("event_types", ARRAY(Text), nullable=False),
    Column("secret", LargeBinary, nullable=False),
    Column("old_secret", LargeBinary),
    Column("old_secret_until", Time),
    Column("position", BigInteger, nullable=False),
    Column("created_at", Time, nullable=False),
    Column("updated_at", Time, nullable=False),
    Column("status", Text, nullable=False),
    Column("activated_at", Time),
    Column("disabled_at", Time),
    Column("disabled_because", Text),
    Column("failures", Integer, nullable=False, server_default=text("0")),
    Column("failing_since", Time),
    Column("due_at", Time),
    Column("turn", Uuid),
    Column("unsure_up_to", BigInteger),
    Column("lane", Text, nullable=False),
)
Index("webhook_endpoints_channel_idx", endpoints.c.channel_id, endpoints.c.id)
Index(
    "webhook_endpoints_due_idx",
    endpoints.c.lane,
    endpoints.c.due_at,
    postgresql_where=text("due_at IS NOT NULL AND status = 'active'"),
)
Index(
    "webhook_endpoints_room_idx",
    endpoints.c.room_id,
    postgresql_where=text("status = 'active'"),
)

attempts = Table(  # no foreign key: those of an endpoint that is gone are forgotten with the others
    "webhook_attempts",
    metadata,
    Column("endpoint_id", Uuid, primary_key=True),
    Column("id", Uuid, primary_key=True),
    Column("event_id", Text, nullable=False),
    Column("event_type", Text, nullable=False),
    Column("seq", BigInteger),
    Column("at", Time, nullable=False),
    Column("duration_ms", Integer, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("status", SmallInteger),
    Column("reason", Text),
    Column("detail", Text, nullable=False),
)
Index("webhook_attempts_id_idx", attempts.c.id, postgresql_using="brin")
Index(  # who asks for what failed looks at nothing of what was delivered
    "webhook_attempts_trouble_idx",
    attempts.c.endpoint_id,
    attempts.c.id,
    postgresql_where=text("outcome <> 'delivered'"),
)

attended_rooms = Table(  # rooms in which somebody wants to know who comes and goes
    "attended_rooms",
    metadata,
    Column("room_id", ForeignKey("rooms.id", ondelete="CASCADE"), primary_key=True),
    Column("due_at", Time, nullable=False, index=True),
    Column("counted", Integer),
    Column("counted_at", Time),
)

attendees = Table(  # told: it is in the log that they came; since: when that ceased to be so
    "attendees",
    metadata,
    Column("room_id", ForeignKey("attended_rooms.room_id", ondelete="CASCADE"), primary_key=True),
    Column(
        "profile_id",
        ForeignKey("Profile.id", ondelete="CASCADE"),
        primary_key=True,
        index=True,
    ),
    Column("is_told", Boolean, nullable=False),
    Column("since", Time),
)
