"""Reads of channels on PostgreSQL."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, exists, literal, select, union_all

from stonks.adapters.postgres.tables.channels import admins, channels, streams
from stonks.adapters.postgres.tables.chat import rooms
from stonks.adapters.postgres.tables.identity import profile
from stonks.adapters.postgres.work import Reads
from stonks.application.channels.ports import ChannelMemberView, ChannelView, LiveView
from stonks.domain.ids import ChannelId, ProfileId

VIEW: Select[Any] = (
    select(
        channels.c.id,
        channels.c.slug,
        channels.c.title,
        channels.c.description,
        rooms.c.id,
        profile.c.username,
        profile.c.fullName,
        channels.c.suspended_at,
        channels.c.created_at,
        channels.c.updated_at,
        streams.c.id,
        streams.c.title,
        streams.c.started_at,
    )
    .join(profile, channels.c.host_id == profile.c.id)
    .join(rooms, channels.c.id == rooms.c.channel_id)
    .outerjoin(streams, (channels.c.id == streams.c.channel_id) & streams.c.ended_at.is_(None))
    .where(profile.c.active)
)

# Where none may be live: that the outer join finds nothing, PostgreSQL takes to be rare, and sorts
# all channels first.
_ON_AIR = streams.alias("on_air")
_LIVE = exists().where(_ON_AIR.c.channel_id == channels.c.id, _ON_AIR.c.ended_at.is_(None))


@dataclass(frozen=True, slots=True)
class PostgresChannelReads:
    """``ChannelReads``."""

    reads: Reads

    def by_slug(self, slug: str) -> ChannelView | None:
        found = self._views(VIEW.where(channels.c.slug == slug.lower()))
        return found[0] if found else None

    def page(
        self, *, q: str | None, is_live: bool | None = None, before: ChannelId | None, limit: int
    ) -> Sequence[ChannelView]:
        wanted = VIEW.order_by(channels.c.id.desc()).limit(limit)
        if before is not None:
            wanted = wanted.where(channels.c.id < before)
        if q is not None:
            in_slug = channels.c.slug.icontains(q, autoescape=True)
            wanted = wanted.where(in_slug | channels.c.title.icontains(q, autoescape=True))
        if is_live is not None:
            wanted = wanted.where(streams.c.id.is_not(None) if is_live else ~_LIVE)
        return self._views(wanted)

    def members(
        self, channel_id: ChannelId, *, after: ProfileId | None, limit: int
    ) -> Sequence[ChannelMemberView]:
        wanted = _members(channel_id).limit(limit)
        if after is not None:
            wanted = wanted.where(profile.c.id > after)
        with self.reads.connect() as connection:
            return [ChannelMemberView(*row) for row in connection.execute(wanted)]

    def _views(self, wanted: Select[Any]) -> Sequence[ChannelView]:
        with self.reads.connect() as connection:
            return [_view(row) for row in connection.execute(wanted)]


def _view(row: Sequence[Any]) -> ChannelView:
    *channel, stream_id, title, started_at = row
    live = None if stream_id is None else LiveView(stream_id, title, started_at)
    return ChannelView(*(*channel, live))


def _members(channel_id: ChannelId) -> Select[Any]:
    host = select(
        channels.c.host_id.label("who"),
        literal("HOST").label("role"),
        channels.c.created_at.label("since"),
    ).where(channels.c.id == channel_id)
    others = select(admins.c.profile_id, literal("ADMIN"), admins.c.since).where(
        admins.c.channel_id == channel_id
    )
    members = union_all(host, others).subquery()
    named = profile.c.id, profile.c.username, profile.c.fullName
    return (
        select(*named, members.c.role, members.c.since)
        .join(members, profile.c.id == members.c.who)
        .where(profile.c.active)
        .order_by(profile.c.id)
    )
