"""What somebody needs in hand who signs in by another issuer, whatever their role."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from dependency_injector import providers

from stonks.adapters.clock import new_id
from stonks.adapters.memory.identity.issuers import MemoryIssuers
from stonks.application.identity.external.ports import Vouched
from stonks.domain.identity.external_flow import ExternalFlow
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import digest_of
from stonks.entrypoints.container import Container

COOKIE = "stonks-flow"
BROWSER = "b" * 43
numbers = count(1)


@dataclass(frozen=True, slots=True)
class Prop:
    """What goes into the path, the query and the body, and into the browser as a cookie."""

    path: dict[str, Any] = field(default_factory=dict)
    query: dict[str, str] = field(default_factory=dict)
    body: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExternalProps:
    """A provider ``google`` that believes everything, and somebody whom it knows."""

    container: Container
    profile: Profile | None

    def of(self, operation_id: str) -> Prop:
        """Nothing for what has to do with no issuer."""
        makers = {
            "startSignIn": self._with_issuers,
            "startLink": self._with_issuers,
            "finishSignIn": self._coming_back,
            "exchangeCode": self._with_a_code,
            "unlinkIdentity": self._with_an_identity,
        }
        return makers.get(operation_id, Prop)()

    def _with_issuers(self) -> Prop:
        self._issuers()
        return Prop()

    def _issuers(self) -> MemoryIssuers:
        found = self.container.issuers()
        if isinstance(found, MemoryIssuers):
            return found
        issuers = MemoryIssuers({"google": "Google"})
        self.container.issuers.override(providers.Object(issuers))
        return issuers

    def _coming_back(self) -> Prop:
        issuers, code = self._issuers(), f"code-{next(numbers)}"
        departure = self.container.begin_flow()(
            provider="google", next_page=None, browser=BROWSER, address="192.0.2.1"
        )
        issuers.codes[code] = self._somebody(code)
        query = {"state": issuers.questions[-1].state, "code": code}
        return Prop(query=query, cookies={COOKIE: departure.browser})

    def _with_a_code(self) -> Prop:
        code = f"code-{next(numbers)}"
        flow = ExternalFlow(
            state=digest_of(code),
            browser=digest_of(BROWSER),
            provider="google",
            nonce="",
            verifier="",
            next="/",
            link=None,
            expires_at=self.container.now()(),
        )
        secret = self.container.enter().for_a_page(
            flow=flow, vouched=self._somebody(code), address="192.0.2.1"
        )
        return Prop(body={"code": secret}, cookies={COOKIE: BROWSER})

    def _with_an_identity(self) -> Prop:
        if self.profile is None:
            return Prop()
        identity = ExternalIdentity(
            id=ExternalIdentityId(new_id()),
            profile_id=self.profile.id,
            provider="google",
            issuer="https://accounts.google.com",
            subject=f"subject-{next(numbers)}",
            email=None,
            linked_at=self.container.now()(),
        )
        with self.container.begin_identity()() as work:
            work.identities.add(identity)
        return Prop(path={"identity_id": identity.id})

    def _somebody(self, name: str) -> Vouched:
        address = f"{name}@elsewhere.example"
        return Vouched("https://accounts.google.com", name, address, True, "Somebody", name)
