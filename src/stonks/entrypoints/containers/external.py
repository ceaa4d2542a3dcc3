"""Signing in by other issuers."""

from collections.abc import Sequence

from dependency_injector import providers

from stonks.adapters.oidc import OidcClient, OidcIssuers
from stonks.adapters.tokens import new_secret
from stonks.application.identity.external.begin_flow import BeginFlow
from stonks.application.identity.external.enter import Enter
from stonks.application.identity.external.exchange_code import ExchangeCode
from stonks.application.identity.external.forget_flows import ForgetFlows
from stonks.application.identity.external.link import (
    LinkIdentity,
    ListIdentities,
    UnlinkIdentity,
)
from stonks.application.identity.external.newcomers import Newcomers
from stonks.application.identity.external.take_flow import TakeFlow
from stonks.entrypoints.chores import Chore
from stonks.entrypoints.containers.identity import IdentityContainer as Identity
from stonks.entrypoints.settings import Settings

CALLBACK = "/api/v1/auth/{name}/callback"


def _clients(settings: Settings) -> Sequence[OidcClient]:
    return [
        OidcClient(
            name=provider.name,
            label=provider.label or provider.name,
            issuer=provider.issuer,
            client_id=provider.client_id,
            client_secret=provider.client_secret,
            scopes=provider.scopes,
            redirect_uri=settings.public_url + CALLBACK.format(name=provider.name),
        )
        for provider in settings.oidc_providers
    ]


class ExternalContainer(Identity):
    issuers = providers.Singleton(OidcIssuers, providers.Callable(_clients, Identity.settings))
    newcomers = providers.Singleton(Newcomers, Identity.new_id)
    begin_flow = providers.Singleton(
        BeginFlow,
        begin=Identity.begin_identity,
        issuers=issuers,
        throttle=Identity.throttle,
        new_secret=providers.Object(new_secret),
        now=Identity.now,
    )
    take_flow = providers.Singleton(
        TakeFlow, Identity.begin_identity, issuers, Identity.throttle, Identity.now
    )
    enter = providers.Singleton(
        Enter,
        begin=Identity.begin_identity,
        admit=Identity.admit,
        attempts=Identity.attempts,
        throttle=Identity.throttle,
        newcomers=newcomers,
        new_secret=providers.Object(new_secret),
        now=Identity.now,
    )
    exchange_code = providers.Singleton(
        ExchangeCode, Identity.begin_identity, Identity.admit, Identity.throttle, Identity.now
    )
    link_identity = providers.Singleton(
        LinkIdentity,
        begin=Identity.begin_identity,
        issuers=issuers,
        newcomers=newcomers,
        signals=Identity.session_signals,
        now=Identity.now,
        new_id=Identity.new_id,
    )
    unlink_identity = providers.Singleton(
        UnlinkIdentity,
        begin=Identity.begin_identity,
        issuers=issuers,
        signals=Identity.session_signals,
        now=Identity.now,
        new_id=Identity.new_id,
    )
    list_identities = providers.Singleton(ListIdentities, Identity.begin_identity)
    forget_flows = providers.Singleton(ForgetFlows, Identity.begin_identity, Identity.now)
    forgetting_flows = providers.Singleton(Chore, "forget flows", 60.0, forget_flows)
