"""One unit of work of the chat on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.adapters.postgres.chat.participants import PostgresParticipants
from stonks.adapters.postgres.chat.rooms import PostgresRooms
from stonks.adapters.postgres.chat.sanctions import PostgresSanctions
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.chat.ports import Announce


@dataclass(frozen=True, slots=True)
class PostgresChatWork:
    """``ChatWork``."""

    rooms: PostgresRooms
    log: PostgresRoomLog
    sanctions: PostgresSanctions
    participants: PostgresParticipants

    @classmethod
    def on(cls, connection: Connection) -> "PostgresChatWork":
        return cls(
            PostgresRooms(connection),
            PostgresRoomLog(connection),
            PostgresSanctions(connection),
            PostgresParticipants(connection),
        )


def begin_chat(engine: Engine, announce: Announce) -> PostgresBegin[PostgresChatWork]:
    """``Begin[ChatWork]``; entries are announced once the block has committed."""
    return PostgresBegin(
        engine, PostgresChatWork.on, committed=lambda work: work.log.announce_to(announce)
    )
