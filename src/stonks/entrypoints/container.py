"""Everything that Stonks is made of; build one with ``Container(settings=…)``."""

from dependency_injector import providers

from stonks.entrypoints.chores import Chores
from stonks.entrypoints.containers.health import HealthContainer
from stonks.entrypoints.containers.idempotency import IdempotencyContainer
from stonks.entrypoints.containers.sockets import SocketsContainer


class Container(SocketsContainer, IdempotencyContainer, HealthContainer):
    """All contexts. Two of them in one process share nothing."""

    chores = providers.Singleton(Chores, providers.List())
