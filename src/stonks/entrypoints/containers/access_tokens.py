"""Personal access tokens."""

from secrets import token_bytes

from dependency_injector import providers

from stonks.adapters.memory.database import MemoryBegin
from stonks.adapters.memory.identity.access_tokens import (
    MemoryAccessTokenReads,
    MemoryAccessTokensWork,
)
from stonks.adapters.postgres.identity.access_tokens import (
    PostgresAccessTokenReads,
    PostgresAccessTokensWork,
)
from stonks.adapters.postgres.work import PostgresBegin
from stonks.application.identity.access_tokens.list_access_tokens import ListAccessTokens
from stonks.application.identity.access_tokens.make_access_token import MakeAccessToken
from stonks.application.identity.access_tokens.revoke_access_token import RevokeAccessToken
from stonks.entrypoints.containers.identity import IdentityContainer


class AccessTokensContainer(IdentityContainer):
    access_token_reads = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(MemoryAccessTokenReads, IdentityContainer.identity_tables),
        postgres=providers.Singleton(PostgresAccessTokenReads, IdentityContainer.reads_connection),
    )
    begin_access_tokens = providers.Selector(
        IdentityContainer.storage,
        memory=providers.Singleton(
            MemoryBegin,
            IdentityContainer.database,
            providers.Factory(
                MemoryAccessTokensWork,
                IdentityContainer.identity_tables,
                IdentityContainer.mail_tables,
            ),
        ),
        postgres=providers.Singleton(
            PostgresBegin,
            IdentityContainer.engine,
            providers.Object(PostgresAccessTokensWork),
            IdentityContainer.mail_bell.provided.committed,
        ),
    )
    make_access_token = providers.Singleton(
        MakeAccessToken,
        begin=begin_access_tokens,
        throttle=IdentityContainer.throttle,
        now=IdentityContainer.now,
        new_id=IdentityContainer.new_id,
        random=providers.Object(token_bytes),
    )
    list_access_tokens = providers.Singleton(ListAccessTokens, access_token_reads)
    revoke_access_token = providers.Singleton(
        RevokeAccessToken,
        begin_access_tokens,
        IdentityContainer.session_signals,
        IdentityContainer.now,
    )
