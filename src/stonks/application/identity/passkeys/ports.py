"""What passkeys need: a place of their own, and somebody who understands authenticators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from stonks.application.identity.ports import IdentityWork
from stonks.domain.identity.ceremony import Ceremony, Purpose
from stonks.domain.identity.passkey import Passkey, PasskeyId
from stonks.domain.identity.ways_in import WaysIn
from stonks.domain.ids import ProfileId

Credential = Mapping[str, object]
"""A ``PublicKeyCredential`` as JSON, the way ``toJSON()`` makes it in browsers."""


class Ceremonies(Protocol):
    def add(self, ceremony: Ceremony) -> None: ...

    def take(
        self, digest: bytes, purpose: Purpose, bound_to: bytes, at: datetime
    ) -> Ceremony | None:
        """Remove the one that all of this fits, for the first who asks.

        None where there is none, or it is over at that time.
        """

    def purge(self, at: datetime, *, most: int) -> int:
        """Forget up to ``most`` that are over at that time; how many there were."""


class PasskeyRepository(Protocol):
    def handle(self, profile_id: ProfileId, new: bytes) -> bytes:
        """What authenticators know this person by: ``new``, unless they have one already."""

    def add(self, passkey: Passkey) -> None:
        """Raises ``Conflict`` (``passkey_taken``) where anybody has this credential."""

    def of(self, profile_id: ProfileId) -> Sequence[Passkey]:
        """All of one person, the oldest first."""

    def known(self, credential_id: bytes) -> "KnownPasskey | None":
        """Whose it is, whoever that is."""

    def save(self, passkey: Passkey) -> None:
        """Keep what can change: name, count, uses, backup, and whether it is a second factor."""

    def remove(self, passkey_id: PasskeyId) -> None: ...

    def ways_in(self, profile_id: ProfileId) -> WaysIn:
        """By what this person can sign in, passkeys and all else."""


class PasskeyWork(IdentityWork, Protocol):
    """One unit of work of passkeys."""

    @property
    def passkeys(self) -> PasskeyRepository: ...
    @property
    def ceremonies(self) -> Ceremonies: ...


@dataclass(frozen=True, slots=True)
class KnownPasskey:
    """A passkey and the handle of its owner."""

    passkey: Passkey
    handle: bytes


@dataclass(frozen=True, slots=True)
class RelyingParty:
    """Whom passkeys are for: a domain, a name for people, and the origins of its pages."""

    id: str
    name: str
    origins: Sequence[str]


@dataclass(frozen=True, slots=True)
class Creation:
    """What a browser is asked for, so that it makes a passkey."""

    challenge: bytes = field(repr=False)
    handle: bytes
    username: str
    full_name: str
    excluded: Sequence[Passkey]


@dataclass(frozen=True, slots=True)
class Prompt:
    """What a browser is asked for, so that it shows a passkey; ``allowed`` is empty for any."""

    challenge: bytes = field(repr=False)
    allowed: Sequence[Passkey]
    is_verification_required: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A new credential, as its authenticator tells of it."""

    credential_id: bytes
    public_key: bytes
    sign_count: int
    transports: Sequence[str]
    is_backup_eligible: bool
    is_backed_up: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """What a credential claims before anything of it is proved."""

    challenge: bytes
    credential_id: bytes
    handle: bytes | None


@dataclass(frozen=True, slots=True)
class Proof:
    """What an authenticator signed; ``is_verified`` where it checked a finger, face or PIN."""

    sign_count: int
    is_verified: bool
    is_backup_eligible: bool
    is_backed_up: bool


class WebAuthn(Protocol):
    """Checks what authenticators say (W3C Web Authentication, Level 3, sections 7.1 and 7.2).

    All raise ``Invalid``: ``passkey_malformed`` for what cannot be read, and ``passkey_refused``
    for what is not what it should be; and nothing else, whatever they are given.
    """

    def shown(self, credential: Credential) -> Shown:
        """Read a credential, whether it was made or used, and believe nothing of it."""

    def made(self, credential: Credential, challenge: bytes) -> Made:
        """Check a new credential: its challenge, our origin and domain, a present user, a key of
        a kind that was asked for, and no attestation but of the key by itself.
        """

    def proved(self, credential: Credential, challenge: bytes, public_key: bytes) -> Proof:
        """Check the signature of a used credential, and all that it signs but the count."""


class NewBytes(Protocol):
    def __call__(self) -> bytes:
        """32 random bytes."""
