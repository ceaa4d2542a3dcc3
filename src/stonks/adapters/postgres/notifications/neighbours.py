"""What notifications ask channels and identity."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from stonks.adapters.postgres.tables.channels import channels, streams
from stonks.adapters.postgres.tables.identity import profile
from stonks.application.notifications.work import StreamFacts
from stonks.domain.ids import ChannelId, ProfileId, StreamId


@dataclass(frozen=True, slots=True)
class PostgresNeighbours:
    """``Neighbours`` on their tables."""

    connection: Connection

    def stream(self, channel_id: ChannelId, stream_id: StreamId) -> StreamFacts | None:
        wanted = (
            select(
                channels.c.slug,
                profile.c.username,
                profile.c.fullName,
                streams.c.ended_at.is_(None),
            )
            .select_from(streams)
            .join(channels, channels.c.id == streams.c.channel_id)
            .join(profile, profile.c.id == channels.c.host_id)
            .where(streams.c.id == stream_id, channels.c.id == channel_id, profile.c.active)
            .with_for_update(read=True, of=streams)
        )
        row = self.connection.execute(wanted).one_or_none()
        return StreamFacts(*row) if row else None

    def announced(self, channel_id: ChannelId, stream_id: StreamId) -> StreamId | None:
        wanted = (
            select(streams.c.id)
            .where(
                streams.c.channel_id == channel_id,
                streams.c.id <= stream_id,
                streams.c.is_announced,
            )
            .order_by(streams.c.id.desc())
            .limit(1)
        )
        found = self.connection.scalar(wanted)
        return StreamId(found) if found else None

    def hosted(self, channel_id: ChannelId) -> tuple[str, ProfileId] | None:
        wanted = (
            select(channels.c.slug, channels.c.host_id)
            .join(profile, profile.c.id == channels.c.host_id)
            .where(channels.c.id == channel_id, profile.c.active)
        )
        row = self.connection.execute(wanted).one_or_none()
        return (row[0], ProfileId(row[1])) if row else None

    def username(self, profile_id: ProfileId) -> str | None:
        this = profile.c.id == profile_id, profile.c.active
        return self.connection.scalar(select(profile.c.username).where(*this))
