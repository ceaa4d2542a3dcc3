"""What identity needs: its own store, proofs of who somebody is, and limits on guessing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from stonks.application.identity.deletion.ports import DeletionRepository
from stonks.application.identity.mail_links.ports import (
    EmailProofRepository,
    MailLinkRepository,
)
from stonks.application.identity.second_factors.ports import (
    HalfSessionRepository,
    SecondFactorRepository,
)
from stonks.application.mail.ports import OutgoingMails
from stonks.application.media.ports import LooseMedia
from stonks.application.ports import Limit
from stonks.domain.identity.permission import Permission
from stonks.domain.identity.profile import Profile
from stonks.domain.identity.refresh_token import RefreshToken
from stonks.domain.identity.scope import Scope, must_cover
from stonks.domain.identity.session import Session
from stonks.domain.ids import ProfileId, SessionId


class ProfileRepository(Protocol):
    def add(self, profile: Profile) -> None:
        """Raises ``Conflict`` (``username_taken``, ``email_taken``); case makes no difference."""

    def lock(self, profile_id: ProfileId) -> Profile:
        """The profile, held until the unit of work ends; raises ``NotFound``."""

    def lock_named(self, username: str) -> Profile:
        """The same by name, whatever its case; raises ``NotFound`` (``unknown_profile``)."""

    def save(self, profile: Profile) -> None:
        """Raises as ``add`` does."""


class PasswordRepository(Protocol):
    def put(self, profile_id: ProfileId, hashed: str, at: datetime) -> None:
        """Keep it in place of the one before."""

    def is_still(self, profile_id: ProfileId, hashed: str) -> bool:
        """Whether it is kept now, behind the lock of the profile: neither replaced nor gone."""


class SessionRepository(Protocol):
    def add(self, session: Session) -> None: ...

    def lock(self, session_id: SessionId) -> Session:
        """The session, held until the unit of work ends; raises ``NotFound``."""

    def save(self, session: Session) -> None: ...

    def end_all(
        self, profile_id: ProfileId, at: datetime, *, but: SessionId | None = None
    ) -> Sequence[SessionId]:
        """End every session of one person that has not ended; which they were.

        With ``but`` it is the owner who asks: that one stays, and so do those of their access
        tokens, which they take back one by one.

        Logins that wait for a second factor, or for their page, end with them.
        """


class RefreshTokenRepository(Protocol):
    def add(self, token: RefreshToken) -> None: ...

    def get(self, digest: bytes) -> RefreshToken:
        """As it is now, behind the lock of its session; raises ``NotFound``."""

    def save(self, token: RefreshToken) -> None: ...


class StaffRepository(Protocol):
    def add(self, profile_id: ProfileId, at: datetime, by: str) -> bool:
        """False where this person was staff already."""

    def remove(self, profile_id: ProfileId) -> bool:
        """False where this person was none."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One use of a power over others: who, when, what and on whom.

    ``by`` is the name at the time: of the profile ``actor``, or of an operator, who has none.
    """

    id: UUID
    at: datetime
    by: str
    action: str
    subject: ProfileId | None
    detail: str
    actor: ProfileId | None = None


class Audit(Protocol):
    def record(self, entry: AuditEntry) -> None:
        """Keep it for good, together with what it tells of."""


class IdentityWork(Protocol):
    """One unit of work of identity."""

    @property
    def profiles(self) -> ProfileRepository: ...
    @property
    def passwords(self) -> PasswordRepository: ...
    @property
    def sessions(self) -> SessionRepository: ...
    @property
    def refresh_tokens(self) -> RefreshTokenRepository: ...
    @property
    def staff(self) -> StaffRepository: ...
    @property
    def audit(self) -> Audit: ...
    @property
    def mails(self) -> OutgoingMails: ...
    @property
    def loose_media(self) -> LooseMedia: ...
    @property
    def deletions(self) -> DeletionRepository: ...
    @property
    def mail_links(self) -> MailLinkRepository: ...
    @property
    def email_proofs(self) -> EmailProofRepository: ...
    @property
    def second_factors(self) -> SecondFactorRepository: ...
    @property
    def half_sessions(self) -> HalfSessionRepository: ...


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is asking, believed until the answer is given and not longer.

    ``proven_at`` is when this person last proved in this session who they are; ``permissions``
    are what their account types allow on the whole platform; ``scopes`` are what their access
    token is good for, None where they signed in themselves.
    """

    profile_id: ProfileId
    username: str
    session_id: SessionId
    is_staff: bool
    proven_at: datetime | None = None
    permissions: frozenset[Permission] = frozenset()
    scopes: frozenset[Scope] | None = None

    def must_have(self, scope: Scope | None) -> None:
        """Raises ``Forbidden`` (``scope_missing``)."""
        must_cover(self.scopes, scope)

    @property
    def may_be_told(self) -> bool:
        """Whether what is meant for this person may be shown to whoever is asking."""
        return self.scopes is None or Scope.NOTIFICATIONS_READ in self.scopes

    def within(self, scopes: Iterable[Scope] | None) -> "SignedIn":
        """The same person by an access token; no power over others without the scope for it."""
        if scopes is None:
            return self
        held = frozenset(scopes)
        if Scope.ADMIN in held:
            return replace(self, scopes=held)
        return replace(self, scopes=held, is_staff=False, permissions=frozenset())


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a password is held against."""

    profile_id: ProfileId
    hashed: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ProfileView:
    """A profile as its owner sees it."""

    id: ProfileId
    full_name: str
    username: str
    email: str
    avatar: str | None
    active: bool
    created_at: datetime
    updated_at: datetime
    email_verified: bool = False


@dataclass(frozen=True, slots=True)
class PublicProfileView:
    """A profile as anybody sees it: never the e-mail."""

    id: ProfileId
    full_name: str
    username: str
    avatar: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class StaffView:
    profile_id: ProfileId
    username: str
    granted_at: datetime
    granted_by: str


class IdentityReads(Protocol):
    """Reads of identity, each one consistent picture of what is committed."""

    def signed_in(self, session_id: SessionId, at: datetime) -> SignedIn | None:
        """None where the session is over at that time, or its profile inactive.

        By an access token somebody is staff only where that has the scope for it.
        """

    def alive(self, ids: Collection[SessionId], at: datetime) -> Mapping[SessionId, bool]:
        """Those of ``ids`` for which ``signed_in`` would answer somebody: whether that is staff."""

    def credentials(self, login: str) -> Credentials | None:
        """Of an active profile, by its username or its e-mail, whatever the case."""

    def access_token(self, digest: bytes) -> SessionId | None:
        """The session of a personal access token, whether or not it is over."""

    def refresh_token(self, digest: bytes) -> RefreshToken | None:
        """As it is now, without waiting for anybody who is about to use it."""

    def own(self, profile_id: ProfileId) -> ProfileView | None:
        """None where it is unknown or inactive."""

    def public(self, username: str) -> PublicProfileView | None:
        """By name, whatever its case; None where it is unknown or inactive."""

    def staff(self) -> Sequence[StaffView]:
        """Everybody who is SUPERADMIN, the first granted first."""


class ChannelCount(Protocol):
    def __call__(self, host_id: ProfileId) -> int:
        """How many channels this person is HOST of; answered by channels."""


@dataclass(frozen=True, slots=True)
class Following:
    """How many people follow somebody, and how many they follow.

    ``notify`` is the bell of whoever is looking, None where they do not follow.
    """

    followers: int
    following: int
    notify: str | None = None


class FollowCounts(Protocol):
    def __call__(self, profile_id: ProfileId, viewer: ProfileId | None = None) -> Following:
        """All of them, also who is inactive and may come back; answered by social."""


@dataclass(frozen=True, slots=True)
class AccessClaims:
    """What an access token says. Times are whole seconds."""

    profile_id: ProfileId
    session_id: SessionId
    issued_at: datetime
    expires_at: datetime


class Tokens(Protocol):
    """Signed access tokens, which any process that has the key can read."""

    def issue(self, claims: AccessClaims) -> str: ...

    def read(self, token: str) -> AccessClaims:
        """Raises ``Unauthenticated``: ``token_expired`` for one that was good, once, and
        ``token_invalid`` for everything else that this installation did not sign as it is.
        """


TICKET_LASTS = timedelta(seconds=30)


class Tickets(Protocol):
    """Tickets, each of which stands for a session, once and on any process, for ``TICKET_LASTS``.

    Both raise ``Unavailable`` where the processes cannot agree on what was used.
    """

    def issue(self, ticket: str, session_id: SessionId) -> None:
        """Let this secret, which nobody had before, stand for the session."""

    def redeem(self, ticket: str) -> SessionId | None:
        """Whose it is, for the first who asks; None where it is unknown, used or too old."""


class NewSecret(Protocol):
    def __call__(self) -> str:
        """256 random bits, as text that may stand in a URL."""


@dataclass(frozen=True, slots=True)
class Match:
    """Whether a password was right, and its hash anew where the kept one is out of date."""

    is_right: bool
    renewed: str | None = None


class Passwords(Protocol):
    """A slow, salted hash. Both raise ``Unavailable`` where too many wait for theirs."""

    def hash(self, password: str) -> str: ...

    def match(self, password: str, hashed: str | None) -> Match:
        """Hold one against a hash; without one it is wrong, after the same amount of work."""


class CommonPasswords(Protocol):
    def __contains__(self, folded: object) -> bool:
        """Whether this password, case-folded, is among the commonest."""


class Throttle(Protocol):
    def __call__(self, limit: Limit, *key: str) -> None:
        """Count one try of whoever ``key`` tells apart, shared by all processes.

        Raises ``Limited`` (``too_many_attempts``) where the window is full, and ``Unavailable``
        (``limits_unavailable``) where the processes cannot agree: it is for what must not be
        open to guesses, so it fails closed.
        """


class Attempts(Protocol):
    """How often somebody may sign up and log in.

    As ``Throttle`` it fails closed: all but the properties raise ``Unavailable``
    (``limits_unavailable``) where the processes cannot agree, before anything is guessed.
    """

    @property
    def signup_limits(self) -> Sequence[Limit]: ...
    @property
    def login_limits(self) -> Sequence[Limit]: ...

    def sign_up(self, address: str) -> None:
        """Count one signup of a network address; ``Limited`` (``too_many_signups``)."""

    def log_in(self, login: str, address: str) -> None:
        """Count one guess at an account; ``Limited`` (``too_many_attempts``).

        An address from which the account was entered before is not kept out by the guesses
        of others.
        """

    def failed(self, login: str, address: str) -> None:
        """The guess was wrong."""

    def succeeded(self, login: str, address: str) -> None:
        """The guess was right: forget those at this account from this address."""


class SessionSignals(Protocol):
    def ended(self, ids: Collection[SessionId]) -> None:
        """Tell every process, at once and best-effort, to close what is open in these sessions.

        Never raises: who missed it asks ``IdentityReads.alive`` now and then.
        """

    def changed(self, profile_id: ProfileId) -> None:
        """Tell every process in the same way to look again at who this person is."""
