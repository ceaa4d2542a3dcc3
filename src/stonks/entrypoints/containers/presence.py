"""Presence: who is here."""

from dependency_injector import providers

from stonks.adapters.memory.attendance import MemoryAttendance
from stonks.adapters.memory.people_online import MemoryPeopleOnline
from stonks.adapters.memory.presence import MemoryPresence
from stonks.adapters.memory.registers import MemoryAttended, MemoryBeginPresence
from stonks.adapters.postgres.presence.attended import PostgresAttended
from stonks.adapters.postgres.presence.work import begin_presence
from stonks.adapters.redis.attendance import RedisAttendance
from stonks.adapters.redis.people_online import RedisPeopleOnline
from stonks.adapters.redis.presence import RedisPresence
from stonks.application.presence.tell_attendance import TellAttendance
from stonks.entrypoints.containers.shared import Shared


class PresenceContainer(Shared):
    presence = providers.Selector(
        Shared.signals,
        memory=providers.Singleton(MemoryPresence, Shared.now, Shared.process),
        redis=providers.Singleton(RedisPresence, Shared.redis, Shared.process, Shared.now),
    )
    people_online = providers.Selector(
        Shared.signals,
        memory=providers.Singleton(MemoryPeopleOnline, Shared.now, Shared.process),
        redis=providers.Singleton(RedisPeopleOnline, Shared.redis, Shared.process, Shared.now),
    )
    attendance = providers.Selector(
        Shared.signals,
        memory=providers.Singleton(MemoryAttendance, Shared.now, Shared.process),
        redis=providers.Singleton(RedisAttendance, Shared.redis, Shared.now),
    )
    attended = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryAttended, Shared.attended_rooms),
        postgres=providers.Singleton(PostgresAttended, Shared.reads_connection),
    )
    begin_presence = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(
            MemoryBeginPresence,
            Shared.attended_rooms,
            Shared.channel_tables,
            Shared.participants,
            Shared.announce,
        ),
        postgres=providers.Singleton(begin_presence, Shared.engine, Shared.announce),
    )
    tell_attendance = providers.Singleton(TellAttendance, begin_presence, attendance, Shared.now)
