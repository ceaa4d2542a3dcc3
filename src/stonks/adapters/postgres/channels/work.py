"""One unit of work of the channels on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from stonks.adapters.postgres.channels.people import PostgresPeople
from stonks.adapters.postgres.channels.repositories import PostgresAdmins, PostgresChannels
from stonks.adapters.postgres.channels.streams import PostgresStreams
from stonks.adapters.postgres.chat.channel_rooms import PostgresChannelRooms
from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.adapters.postgres.outbox.publishing import PostgresPublish
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.chat.ports import Announce


@dataclass(frozen=True, slots=True)
class PostgresChannelsWork:
    """``ChannelsWork``."""

    channels: PostgresChannels
    admins: PostgresAdmins
    people: PostgresPeople
    rooms: PostgresChannelRooms
    streams: PostgresStreams
    publish: PostgresPublish

    @classmethod
    def on(cls, connection: Connection) -> "PostgresChannelsWork":
        return cls(
            PostgresChannels(connection),
            PostgresAdmins(connection),
            PostgresPeople(connection),
            PostgresChannelRooms(connection, PostgresRoomLog(connection)),
            PostgresStreams(connection),
            PostgresPublish(connection),
        )


def begin_channels(engine: Engine, announce: Announce) -> PostgresBegin[PostgresChannelsWork]:
    """``Begin[ChannelsWork]``; what happened is announced once the block has committed."""
    return PostgresBegin(
        engine,
        PostgresChannelsWork.on,
        committed=lambda work: work.rooms.log.announce_to(announce),
    )
