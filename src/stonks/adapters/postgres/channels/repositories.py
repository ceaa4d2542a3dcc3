"""Channels and their ADMINs, to be changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, exists, insert, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from stonks.adapters.postgres.tables.channels import admins, channels
from stonks.adapters.postgres.work import refusing
from stonks.domain.channels.channel import Channel
from stonks.domain.errors import Conflict, NotFound
from stonks.domain.ids import ChannelId, ProfileId

REFUSALS = {
    "channels_slug_key": lambda: Conflict("slug_taken", "this slug is taken"),
}


@dataclass(frozen=True, slots=True)
class PostgresChannels:
    """``ChannelRepository``."""

    connection: Connection

    def add(self, channel: Channel) -> None:
        with refusing(REFUSALS):
            self.connection.execute(insert(channels).values(_row(channel)))

    def lock(self, channel_id: ChannelId) -> Channel:
        wanted = select(channels).where(channels.c.id == channel_id).with_for_update()
        row = self.connection.execute(wanted).mappings().first()
        if row is None:
            raise NotFound("unknown_channel", "there is no such channel")
        return _channel(row)

    def save(self, channel: Channel) -> None:
        this = channels.c.id == channel.id
        self.connection.execute(update(channels).where(this).values(_row(channel)))

    def remove(self, channel_id: ChannelId) -> None:
        self.connection.execute(delete(channels).where(channels.c.id == channel_id))


@dataclass(frozen=True, slots=True)
class PostgresAdmins:
    """``AdminRepository``."""

    connection: Connection

    def add(self, channel_id: ChannelId, profile_id: ProfileId, at: datetime) -> bool:
        row = {"channel_id": channel_id, "profile_id": profile_id, "since": at}
        statement = upsert(admins).values(row).on_conflict_do_nothing()
        return self.connection.execute(statement).rowcount == 1

    def remove(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        statement = delete(admins).where(*_this(channel_id, profile_id))
        return self.connection.execute(statement).rowcount == 1

    def has(self, channel_id: ChannelId, profile_id: ProfileId) -> bool:
        found = select(exists().where(*_this(channel_id, profile_id)))
        return bool(self.connection.execute(found).scalar())


def _this(channel_id: ChannelId, profile_id: ProfileId) -> tuple[Any, Any]:
    return admins.c.channel_id == channel_id, admins.c.profile_id == profile_id


def _row(channel: Channel) -> dict[str, object]:
    return {
        "id": channel.id,
        "slug": channel.slug,
        "title": channel.title,
        "description": channel.description,
        "host_id": channel.host_id,
        "created_at": channel.created_at,
        "updated_at": channel.updated_at,
        "suspended_at": channel.suspended_at,
        "suspension_reason": channel.suspension_reason,
    }


def _channel(row: RowMapping) -> Channel:
    return Channel(**row)  # the columns are named as the fields are
