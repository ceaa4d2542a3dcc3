"""Presence: who is here."""

from dependency_injector import providers

from stonks.adapters.memory.people_online import MemoryPeopleOnline
from stonks.adapters.memory.presence import MemoryPresence
from stonks.adapters.redis.people_online import RedisPeopleOnline
from stonks.adapters.redis.presence import RedisPresence
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
