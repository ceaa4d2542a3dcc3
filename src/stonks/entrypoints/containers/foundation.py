"""What every context stands on."""

from dependency_injector import containers, providers

from stonks.adapters import clock
from stonks.adapters.memory.database import Database
from stonks.adapters.postgres.engine import postgres_engine
from stonks.adapters.postgres.work import Reads
from stonks.entrypoints.settings import Settings


class Foundation(containers.DeclarativeContainer):
    settings = providers.Dependency(instance_of=Settings)
    storage = settings.provided.storage

    now = providers.Object(clock.now)
    new_id = providers.Object(clock.new_id)
    database = providers.Singleton(Database)
    engine = providers.Singleton(postgres_engine, settings.provided.database_url)
    reads_connection = providers.Singleton(Reads, engine)
