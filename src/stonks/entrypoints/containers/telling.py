"""How people are told live."""

from dependency_injector import providers

from stonks.adapters.memory.notifications.reads import MemoryMissed
from stonks.adapters.postgres.notifications.reads import PostgresMissed
from stonks.adapters.wire.telling import BusTell
from stonks.entrypoints.containers.shared import Shared


class TellingContainer(Shared):
    tell = providers.Singleton(BusTell, Shared.bus)
    missed = providers.Selector(
        Shared.storage,
        memory=providers.Singleton(MemoryMissed, Shared.notification_tables),
        postgres=providers.Singleton(PostgresMissed, Shared.reads_connection),
    )
