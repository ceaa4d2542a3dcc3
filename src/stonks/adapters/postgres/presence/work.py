"""One unit of work of presence on PostgreSQL."""

from dataclasses import dataclass

from sqlalchemy import Connection, Engine

from stonks.adapters.postgres.chat.log import PostgresRoomLog
from stonks.adapters.postgres.presence.logs import PostgresRoomLogs
from stonks.adapters.postgres.presence.registers import PostgresRegisters
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.chat.ports import Announce


@dataclass(frozen=True, slots=True)
class PostgresPresenceWork:
    """``PresenceWork``."""

    registers: PostgresRegisters
    logs: PostgresRoomLogs

    @classmethod
    def on(cls, connection: Connection) -> "PostgresPresenceWork":
        log = PostgresRoomLog(connection)
        return cls(PostgresRegisters(connection), PostgresRoomLogs(connection, log))


def begin_presence(engine: Engine, announce: Announce) -> PostgresBegin[PostgresPresenceWork]:
    """``Begin[PresenceWork]``; what was told is announced once the block has committed."""
    return PostgresBegin(
        engine,
        PostgresPresenceWork.on,
        committed=lambda work: work.logs.log.announce_to(announce),
    )
