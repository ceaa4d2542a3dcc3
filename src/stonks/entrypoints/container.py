"""Everything that Stonks is made of; build one with ``Container(settings=…)``."""

from dependency_injector import providers

from stonks.entrypoints.chores import Chores
from stonks.entrypoints.containers.access_tokens import AccessTokensContainer
from stonks.entrypoints.containers.accounts import AccountsContainer
from stonks.entrypoints.containers.channels import ChannelsContainer
from stonks.entrypoints.containers.deletion import DeletionContainer
from stonks.entrypoints.containers.endpoints import EndpointsContainer
from stonks.entrypoints.containers.external import ExternalContainer
from stonks.entrypoints.containers.health import HealthContainer
from stonks.entrypoints.containers.idempotency import IdempotencyContainer
from stonks.entrypoints.containers.mail import MailContainer
from stonks.entrypoints.containers.passkeys import PasskeysContainer
from stonks.entrypoints.containers.second_factors import SecondFactorsContainer
from stonks.entrypoints.containers.sessions import SessionsContainer
from stonks.entrypoints.containers.social import SocialContainer
from stonks.entrypoints.containers.sockets import SocketsContainer
from stonks.entrypoints.containers.work import WorkContainer


class Container(
    AccountsContainer,
    DeletionContainer,
    SecondFactorsContainer,
    PasskeysContainer,
    WorkContainer,
    ExternalContainer,
    SessionsContainer,
    AccessTokensContainer,
    SocialContainer,
    SocketsContainer,
    EndpointsContainer,
    IdempotencyContainer,
    HealthContainer,
):
    """All contexts. Two of them in one process share nothing."""

    work_chores = providers.Selector(
        WorkContainer.signals,
        memory=WorkContainer.local_work,
        redis=providers.List(),
    )
    chores = providers.Singleton(
        Chores,
        providers.List(
            SecondFactorsContainer.half_sessions_chore,
            PasskeysContainer.purging_ceremonies,
            SessionsContainer.noting_uses,
            SessionsContainer.purging_sessions,
            MailContainer.forgetting_links,
            ExternalContainer.forgetting_flows,
            DeletionContainer.erasing,
            DeletionContainer.forgetting_avatars,
            ChannelsContainer.seeing_hosts,
            ChannelsContainer.reaping_streams,
        ),
        work_chores,
    )
