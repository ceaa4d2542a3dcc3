"""Who follows whom, counted as it changes, and streams."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

COUNT = """
CREATE FUNCTION count_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    PERFORM 1 FROM follow_counts
      WHERE profile_id IN (SELECT followed_id FROM changed UNION SELECT follower_id FROM changed)
      ORDER BY profile_id FOR NO KEY UPDATE;
    UPDATE follow_counts c
       SET followers = c.followers - d.followers, following = c.following - d.following
      FROM (SELECT id, sum(follower) AS followers, sum(follows) AS following
              FROM (SELECT followed_id AS id, 1 AS follower, 0 AS follows FROM changed
                    UNION ALL SELECT follower_id, 0, 1 FROM changed) each
             GROUP BY id) d
     WHERE c.profile_id = d.id;
  ELSE
    INSERT INTO follow_counts AS c (profile_id, followers, following)
    SELECT id, sum(follower), sum(follows)
      FROM (SELECT followed_id AS id, 1 AS follower, 0 AS follows FROM changed
            UNION ALL SELECT follower_id, 0, 1 FROM changed) each
     GROUP BY id ORDER BY id
    ON CONFLICT (profile_id) DO UPDATE
       SET followers = c.followers + excluded.followers,
           following = c.following + excluded.following;
  END IF;
  RETURN NULL;
END $$
"""  # in the order of ids, or those who follow each other at the same moment lock each other out


def upgrade() -> None:
    op.create_table(
        "follows",
        sa.Column("followed_id", sa.Uuid(), nullable=False),
        sa.Column("follower_id", sa.Uuid(), nullable=False),
        sa.Column("bell", sa.Text(), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["followed_id"],
            ["Profile.id"],
            name=op.f("follows_followed_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["follower_id"],
            ["Profile.id"],
            name=op.f("follows_follower_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("followed_id", "follower_id", name=op.f("follows_pkey")),
    )
    op.create_index(
        "follows_followers_idx", "follows", ["followed_id", "since", "follower_id"], unique=False
    )
    op.create_index(
        "follows_following_idx", "follows", ["follower_id", "since", "followed_id"], unique=False
    )
    op.create_table(
        "follow_counts",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("followers", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.Column("following", sa.BigInteger(), server_default=sa.text("0"), nullable=False),
        sa.ForeignKeyConstraint(
            ["profile_id"],
            ["Profile.id"],
            name=op.f("follow_counts_profile_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("profile_id", name=op.f("follow_counts_pkey")),
    )
    op.create_table(
        "streams",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("channel_id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("is_announced", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["channel_id"],
            ["channels.id"],
            name=op.f("streams_channel_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("streams_pkey")),
    )
    op.create_index("streams_channel_idx", "streams", ["channel_id", "id"], unique=False)
    op.create_index(
        "streams_live_key",
        "streams",
        ["channel_id"],
        unique=True,
        postgresql_where=sa.text("ended_at IS NULL"),
    )
    op.execute(COUNT)
    for event, rows in (("INSERT", "NEW"), ("DELETE", "OLD")):
        op.execute(
            f"CREATE TRIGGER count_follows_{event.lower()} AFTER {event} ON follows"
            f" REFERENCING {rows} TABLE AS changed"
            " FOR EACH STATEMENT EXECUTE FUNCTION count_follows()"
        )


def downgrade() -> None:
    op.drop_table("streams")
    op.drop_table("follow_counts")
    op.drop_table("follows")
    op.execute("DROP FUNCTION count_follows()")
