"""Who follows whom, and how many do."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Table, Text, text

from stonks.adapters.postgres.tables.base import Time, metadata

follows = Table(
    "follows",
    metadata,
    Column("followed_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("follower_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("bell", Text, nullable=False),
    Column("since", Time, nullable=False),
)
Index("follows_followers_idx", follows.c.followed_id, follows.c.since, follows.c.follower_id)
Index("follows_following_idx", follows.c.follower_id, follows.c.since, follows.c.followed_id)

follow_counts = Table(  # kept by a trigger on follows, so that nothing that writes there forgets it
    "follow_counts",
    metadata,
    Column("profile_id", ForeignKey("Profile.id", ondelete="CASCADE"), primary_key=True),
    Column("followers", BigInteger, nullable=False, server_default=text("0")),
    Column("following", BigInteger, nullable=False, server_default=text("0")),
)
follows.add_is_dependent_on(follow_counts)
