"""All issuers by which people may sign in."""

import hmac
from collections.abc import Mapping, Sequence
from typing import Any

from stonks.adapters.oidc.client import OidcClient
from stonks.adapters.oidc.issuer import OidcIssuer, refused
from stonks.adapters.oidc.transport import CautiousTransport
from stonks.application.identity.external.ports import IssuerView, Question, Returned, Vouched
from stonks.domain.errors import NotFound, Unauthenticated
from stonks.domain.identity.external_flow import ExternalFlow

LONGEST_CLAIM = 500


class OidcIssuers:
    """``Issuers`` by OpenID Connect."""

    def __init__(
        self, clients: Sequence[OidcClient], transport: CautiousTransport | None = None
    ) -> None:
        how = transport or CautiousTransport()
        self._issuers = {client.name: OidcIssuer(client, how) for client in clients}

    @property
    def listed(self) -> Sequence[IssuerView]:
        return [self.view(name) for name in self._issuers]

    def view(self, name: str) -> IssuerView:
        return IssuerView(name, self._named(name).client.label)

    def address(self, name: str, question: Question) -> str:
        return self._named(name).address(question)

    def vouch(self, flow: ExternalFlow, returned: Returned) -> Vouched:
        issuer = self._named(flow.provider)
        if returned.error == "access_denied":
            raise Unauthenticated("sign_in_cancelled", "you did not sign in there; start again")
        if returned.error or not returned.code or not _is_from(issuer, returned.issuer):
            raise refused()
        return _vouched(
            issuer.client.issuer, issuer.claims(returned.code, flow.nonce, flow.verifier)
        )

    def _named(self, name: str) -> OidcIssuer:
        if name not in self._issuers:
            raise NotFound("unknown_provider", "nobody can sign in by this provider here")
        return self._issuers[name]


def _is_from(issuer: OidcIssuer, named: str | None) -> bool:
    """Whether the answer is this issuer's, where issuers say so (RFC 9207, 2.4)."""
    if named is None:
        return not issuer.names_itself()
    return hmac.compare_digest(named.encode(), issuer.client.issuer.encode())


def _vouched(issuer: str, claims: Mapping[str, Any]) -> Vouched:
    return Vouched(
        issuer=issuer,
        subject=claims["sub"],
        email=_text(claims, "email"),
        is_email_verified=claims.get("email_verified") in (True, "true"),
        full_name=_text(claims, "name"),
        username=_text(claims, "preferred_username") or _text(claims, "nickname"),
    )


def _text(claims: Mapping[str, Any], name: str) -> str | None:
    """A claim that can be kept: of sensible length, and text throughout."""
    value = claims.get(name)
    if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_CLAIM:
        return None
    return value or None
