"""What signing in by other issuers needs: the issuers, and a store of who they vouch for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stonks.application.identity.ports import IdentityWork
from stonks.application.ports import Limit
from stonks.domain.identity.external_flow import EntryCode, ExternalFlow
from stonks.domain.identity.external_identity import ExternalIdentity, ExternalIdentityId
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId

STARTS = Limit("external-starts", 30, 600)
RETURNS = Limit("external-returns", 30, 600)
ENTRIES = Limit("external-entries", 30, 3600)
LINKS = Limit("external-links", 20, 3600)
EXCHANGES = Limit("external-exchanges", 30, 600)


@dataclass(frozen=True, slots=True)
class IssuerView:
    """An issuer by which people may sign in here; ``label`` is what a button says."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """Who somebody is elsewhere, as their issuer has just said and signed."""

    issuer: str
    subject: str
    email: str | None
    is_email_verified: bool
    full_name: str | None
    username: str | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is sent along to an issuer and must come back, or be proved, with its answer."""

    state: str = field(repr=False)
    nonce: str = field(repr=False)
    verifier: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Returned:
    """What somebody brings back from an issuer (RFC 6749, 4.1.2; ``issuer``: RFC 9207)."""

    code: str | None = field(repr=False)
    error: str | None
    issuer: str | None


class Issuers(Protocol):
    """The issuers that are set for this Stonks.

    Those that are given a ``name`` raise ``NotFound`` (``unknown_provider``) for any other, and
    ``Unavailable`` (``provider_unavailable``), within a time that is bounded, where the issuer
    does not answer as it should.
    """

    @property
    def listed(self) -> Sequence[IssuerView]:
        """In the order in which they were set."""

    def view(self, name: str) -> IssuerView: ...

    def address(self, name: str, question: Question) -> str:
        """Where to send somebody."""

    def vouch(self, flow: ExternalFlow, returned: Returned) -> Vouched:
        """Change the code for what the issuer says, and believe only what is proved.

        Raises ``Unauthenticated``: ``sign_in_cancelled`` where the person said no, and
        ``sign_in_refused`` for whatever else is not as it must be.
        """


class ExternalIdentities(Protocol):
    def add(self, identity: ExternalIdentity) -> None:
        """Raises ``Conflict`` (``identity_taken``): ``(issuer, subject)`` speaks for one person."""

    def find(self, issuer: str, subject: str) -> ExternalIdentity | None:
        """As it is now; what is to stay so wants the profile locked before."""

    def of(self, profile_id: ProfileId) -> Sequence[ExternalIdentity]:
        """Those of one person, the first linked first."""

    def save(self, identity: ExternalIdentity) -> None: ...

    def remove(self, identity_id: ExternalIdentityId) -> None: ...


class ExternalFlows(Protocol):
    def add(self, flow: ExternalFlow) -> None: ...

    def take(self, state: bytes, browser: bytes, provider: str) -> ExternalFlow | None:
        """The flow, for the first who asks; None where all three do not belong together."""

    def purge(self, before: datetime, at_most: int) -> int:
        """Forget so many of those that expired before; how many they were."""


class EntryCodes(Protocol):
    def add(self, code: EntryCode) -> None: ...

    def find(self, code: bytes, browser: bytes) -> EntryCode | None:
        """What ``take`` would give, as it is now; what is to stay so wants its owner locked."""

    def take(self, code: bytes, browser: bytes) -> EntryCode | None:
        """The code, for the first who asks; None where both do not belong together."""

    def purge(self, before: datetime, at_most: int) -> int:
        """Forget so many of those that expired before; how many they were."""


class AskWaysIn(Protocol):
    def ways_in(self, profile_id: ProfileId) -> WaysIn:
        """By what this person can sign in, identities and all else."""


class ExternalWork(IdentityWork, Protocol):
    """One unit of work of signing in by other issuers."""

    @property
    def identities(self) -> ExternalIdentities: ...
    @property
    def external_flows(self) -> ExternalFlows: ...
    @property
    def entry_codes(self) -> EntryCodes: ...
    @property
    def passkeys(self) -> AskWaysIn: ...
